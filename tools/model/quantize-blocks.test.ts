import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandQ8_0, halfToNumber } from '#engine/gguf/expand-blocks.ts'
import { numberToHalf, quantizeQ8_0 } from './quantize-blocks.ts'

describe('numberToHalf', () => {
  it('gives every half-precision number its own bits', () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = halfToNumber(bits)
      if (!Number.isNaN(value)) expect(numberToHalf(value)).toBe(bits)
    }
  })

  it('rounds to the nearest, halves to the even one, and carries', () => {
    const one = 0x3c00
    expect(numberToHalf(1 + 2 ** -11)).toBe(one)
    expect(numberToHalf(1 + 3 * 2 ** -11)).toBe(one + 2)
    expect(numberToHalf(1 + 2 ** -11 + 2 ** -20)).toBe(one + 1)
    expect(numberToHalf(2 - 2 ** -12)).toBe(0x4000)
    expect(numberToHalf(65_519)).toBe(0x7bff)
    expect(numberToHalf(65_520)).toBe(0x7c00)
    expect(numberToHalf(-(2 ** -25))).toBe(0x8000)
  })
})

describe('quantizeQ8_0', () => {
  it('writes a block as llama.cpp does: scale first, then bytes', () => {
    const values = Float32Array.from({ length: 32 }, (_, index) => (index === 0 ? -127 : index === 1 ? 63.5 : index))
    const block = quantizeQ8_0(values)
    // Scale 1 is 0x3c00 in half precision; 63.5 is rounded away from 0.
    expect([...block.subarray(0, 5)]).toEqual([0x00, 0x3c, 129, 64, 2])
  })

  it('keeps values within half a step and the rounding of the scale', () => {
    const block = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 64, maxLength: 64 })
    fc.assert(
      fc.property(block, (numbers) => {
        const values = Float32Array.from(numbers)
        const back = expandQ8_0(quantizeQ8_0(values))
        for (const half of [0, 32]) {
          const largest = Math.max(...values.subarray(half, half + 32).map(Math.abs))
          const allowed = largest / 127 / 2 + largest / 1024 + 2 ** -17
          for (let i = half; i < half + 32; i++)
            expect(Math.abs((values[i] as number) - (back[i] as number))).toBeLessThanOrEqual(allowed)
        }
      }),
    )
  })

  it('refuses what is no whole number of blocks', () => {
    expect(() => quantizeQ8_0(new Float32Array(33))).toThrow('blocks of 32')
  })
})
