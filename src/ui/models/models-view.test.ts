import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barScale, windowChoices } from './bar-scale.ts'
import { parameterWords } from './model-words.ts'

describe('windowChoices', () => {
  test('doubles from 1,024 up to the model’s own limit', () => {
    expect(windowChoices(8192)).toEqual([1024, 2048, 4096, 8192])
    expect(windowChoices(40960)).toEqual([1024, 2048, 4096, 8192, 16384, 32768, 40960])
    expect(windowChoices(512)).toEqual([512])
  })
})

test('every bar fits its scale with room to spare', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 250e9, noNaN: true }), (largest) => {
      const { bytes, ticks } = barScale(largest)
      expect(bytes * 0.9).toBeGreaterThanOrEqual(largest - 1)
      expect(ticks[0]).toBe(0)
      expect(ticks.at(-1)).toBeCloseTo(bytes)
      expect(ticks.length).toBeLessThanOrEqual(10)
    }),
  )
})

test('sizes are named as models name them', () => {
  expect(parameterWords(135e6)).toBe('135M')
  expect(parameterWords(1.7e9)).toBe('1.7B')
})
