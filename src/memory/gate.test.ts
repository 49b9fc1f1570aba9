import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate, type Gate, gateByModel, gateByThreshold, gatePrompt, parseChoice } from './gate.ts'
import { cases } from './memory.fixture.ts'

const gate = (count: number, most = 3): Gate<string> => ({
  question: 'What about tea?',
  options: Array.from({ length: count }, (_, index) => `option ${index}`),
  textOf: (option) => option,
  most,
})

describe('gate', () => {
  it('[M26] any answer chooses options that were offered, at most as many as allowed, or none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }).map((numbers) => numbers.join(', ')),
        ),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 4 }),
        async (answer, count, most) => {
          const { chosen, calls } = await gateByModel(gate(count, most), async () => answer)
          expect(chosen.length).toBeLessThanOrEqual(most)
          expect(new Set(chosen).size).toBe(chosen.length)
          expect(chosen.every((option) => gate(count).options.includes(option))).toBe(true)
          if (count > 0 && most > 0 && !/^[\d\s,#.`*]+$/.test(answer)) {
            expect(chosen).toEqual([])
            if (!/none/i.test(answer)) expect(calls).toEqual({ asked: 1, parsed: 0, lines: 1, dropped: 1 })
          }
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M26] reads numbers in the usual forms; a number that was not offered makes all of it unreadable', () => {
    expect(parseChoice('1, 3', 3)).toEqual([0, 2])
    expect(parseChoice('1#2', 3)).toEqual([0, 1])
    expect(parseChoice('0', 3)).toEqual([])
    expect(parseChoice('None.', 3)).toEqual([])
    expect(parseChoice('1 and 2', 3)).toBeUndefined()
    expect(parseChoice('4', 3)).toBeUndefined()
    expect(parseChoice('10/10', 10)).toBeUndefined()
    expect(parseChoice('', 3)).toBeUndefined()
  })

  it('offers none among the options', () => {
    expect(gatePrompt(gate(2)).user).toContain('0. none of them\n1. option 0\n2. option 1')
  })

  it('[M26] by threshold: the best that reach it, best first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat({ max: 5 }),
        (values, threshold, most) => {
          const chosen = gateByThreshold({ question: '', options: values, textOf: String, most }, (value) => value, threshold)
          const reaching = values.filter((value) => value >= threshold).sort((a, b) => b - a)
          expect(chosen.map(({ value }) => value)).toEqual(reaching.slice(0, most))
        },
      ),
      { numRuns: cases },
    )
  })

  it('calibrates: no other threshold tells more of them apart', () => {
    expect(calibrate([0.8, 0.9], [0.1, 0.3])).toBe(0.8)
    expect(calibrate([0.5], [0.5])).toBe(Number.POSITIVE_INFINITY)
    const value = fc.integer({ min: 0, max: 20 }).map((number) => number / 20)
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.array(value, { minLength: 1 }), value, (positives, negatives, other) => {
        const gain = (threshold: number) =>
          positives.filter((one) => one >= threshold).length / positives.length +
          negatives.filter((one) => one < threshold).length / negatives.length
        expect(gain(calibrate(positives, negatives))).toBeGreaterThanOrEqual(gain(other) - 1e-9)
      }),
      { numRuns: cases },
    )
  })
})
