import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cases } from './memory.fixture.ts'
import { retention } from './retention.ts'

const dayMs = 86_400_000

it('[M29] retention rises with strength, falls with time, and is never gone', () => {
  const days = fc.double({ min: 0.01, max: 400, noNaN: true })
  fc.assert(
    fc.property(days, days, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (age, more, strength, stronger) => {
      const at = (ageDays: number, S: number) => retention({ createdAt: 0, strength: S }, ageDays * dayMs)
      expect(at(age, strength)).toBeGreaterThan(0)
      expect(at(age, strength)).toBeLessThanOrEqual(1)
      expect(at(age + more, strength)).toBeLessThan(at(age, strength))
      expect(at(age, strength + stronger)).toBeGreaterThan(at(age, strength))
    }),
    { numRuns: cases },
  )
})

it('[M29] is 1/e after five days, and starts anew when the memory is confirmed', () => {
  expect(retention({ createdAt: 0, strength: 1 }, 5 * dayMs)).toBeCloseTo(Math.exp(-1))
  expect(retention({ createdAt: 0, touchedAt: 5 * dayMs, strength: 2 }, 5 * dayMs)).toBe(1)
})
