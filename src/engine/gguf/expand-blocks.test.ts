import { describe, expect, it } from 'vitest'
import { expandQ4_1, expandQ8_0, halfToNumber } from './expand-blocks.ts'

describe('half-precision numbers', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('reads %i as %d', (bits, value) => {
    expect(halfToNumber(bits)).toBe(value)
  })
})

describe('expandQ4_1', () => {
  it('takes low nibbles for the first half of a block and high nibbles for the second', () => {
    const block = new Uint8Array(20)
    block.set([0x00, 0x40, 0x00, 0xbc]) // d = 2, m = -1
    for (let i = 0; i < 16; i++) block[4 + i] = i | ((15 - i) << 4)
    const values = expandQ4_1(block)
    expect([...values.subarray(0, 16)]).toEqual(Array.from({ length: 16 }, (_, i) => 2 * i - 1))
    expect([...values.subarray(16)]).toEqual(Array.from({ length: 16 }, (_, i) => 2 * (15 - i) - 1))
  })
})

describe('expandQ8_0', () => {
  it('scales signed bytes', () => {
    const block = new Uint8Array(34)
    block.set([0x00, 0x38]) // d = 0.5
    block.set([0x00, 0x01, 0x7f, 0x80, 0xff], 2)
    expect([...expandQ8_0(block).subarray(0, 5)]).toEqual([0, 0.5, 63.5, -64, -0.5])
  })
})
