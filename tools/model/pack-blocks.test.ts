import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandQ4_1, expandQ8_0, halfToNumber } from '#engine/gguf/expand-blocks.ts'
import { type PackedMatrix, packQ4_1, packQ8_0, rotateHalves, stack } from './pack-blocks.ts'

const at = (words: Uint32Array, index: number) => words[index] as number

/** The value that the library's kernel reads (tools/model-compiler/kernels.py), written here a second time. */
const read4 = ({ rows, q, s }: PackedMatrix, row: number, column: number) => {
  const nibble = (at(q, row * (q.length / rows) + (column >> 3)) >>> (4 * (column & 7))) & 15
  const scale = at(s, row * (s.length / rows) + (column >> 5))
  return Math.fround(Math.fround(halfToNumber(scale & 0xffff) * nibble) + halfToNumber(scale >>> 16))
}
const read8 = ({ rows, q, s }: PackedMatrix, row: number, column: number) => {
  const value = (at(q, row * (q.length / rows) + (column >> 2)) >>> (8 * (column & 3))) & 255
  const scale = at(s, row * (s.length / rows) + (column >> 6)) >>> (16 * ((column >> 5) & 1))
  return Math.fround(halfToNumber(scale & 0xffff) * (value - 128))
}

/** Random blocks; scales are kept finite, as no sane file has others. */
const blocks = (count: number, size: number, scaleBytes: readonly number[]) =>
  fc.uint8Array({ minLength: count * size, maxLength: count * size }).map((bytes) => {
    for (let block = 0; block < count; block++)
      for (const high of scaleBytes) bytes[block * size + high] = (bytes[block * size + high] as number) & 0b10111111
    return bytes
  })

describe('packing', () => {
  it('keeps every value of Q4_1', () => {
    fc.assert(
      fc.property(blocks(6, 20, [1, 3]), (bytes) => {
        const packed = packQ4_1(bytes, 3, 64)
        const expected = expandQ4_1(bytes)
        for (let i = 0; i < expected.length; i++) expect(read4(packed, Math.floor(i / 64), i % 64)).toBe(expected[i])
      }),
      { numRuns: 50 },
    )
  })

  it('keeps every value of Q8_0', () => {
    fc.assert(
      fc.property(blocks(4, 34, [1]), (bytes) => {
        const packed = packQ8_0(bytes, 2, 64)
        const expected = expandQ8_0(bytes)
        // -0 and 0 are the same weight.
        for (let i = 0; i < expected.length; i++)
          expect(read8(packed, Math.floor(i / 64), i % 64) + 0).toBe((expected[i] as number) + 0)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses Q8_0 rows whose blocks do not come in pairs', () => {
    expect(() => packQ8_0(new Uint8Array(34), 1, 32)).toThrow('32 values')
  })

  it('moves rows from pairs to halves, head by head', () => {
    const rows = Uint32Array.from({ length: 8 }, (_, row) => row)
    const { q } = rotateHalves({ rows: 8, q: rows, s: rows }, 2)
    expect([...q]).toEqual([0, 2, 1, 3, 4, 6, 5, 7])
  })

  it('stacks matrices', () => {
    const one = { rows: 1, q: Uint32Array.of(1, 2), s: Uint32Array.of(3) }
    const two = { rows: 2, q: Uint32Array.of(4, 5, 6, 7), s: Uint32Array.of(8, 9) }
    expect(stack([one, two])).toEqual({ rows: 3, q: Uint32Array.of(1, 2, 4, 5, 6, 7), s: Uint32Array.of(3, 8, 9) })
  })
})
