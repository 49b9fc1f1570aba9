import { describe, expect, it } from 'vitest'
import { eigenvectors } from './eigenvectors.ts'
import { principalParts, type WordRows } from './principal-parts.ts'
import { sideBySide } from './side-by-side.ts'
import { spreadEvenly } from './spread-evenly.ts'

const product = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0)

/** Numbers that look like chance and are always the same. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

const words = Array.from({ length: 40 }, (_, index) => `word${'abcdefghij'[index % 10]}${'klmn'[Math.floor(index / 10)]}`)
const rows: WordRows = { width: 6, values: numbers(40 * 6, 3).map((value, index) => 5 + value * (index % 6)) }
const rowOf = ({ width, values }: WordRows, row: number) => values.subarray(row * width, (row + 1) * width)

describe('eigenvectors', () => {
  it('are of unit length, at right angles, and only stretched by the matrix', () => {
    const size = 7
    const half = numbers(size * size, 1)
    const matrix = half.map((value, index) => value + (half[(index % size) * size + Math.floor(index / size)] ?? 0))
    const found = eigenvectors(matrix, size)
    expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).sort((a, b) => b - a))
    for (const [i, { value, vector }] of found.entries()) {
      for (const [j, other] of found.entries()) expect(product(vector, other.vector)).toBeCloseTo(i === j ? 1 : 0, 9)
      for (let row = 0; row < size; row++)
        expect(product(matrix.subarray(row * size, (row + 1) * size), vector)).toBeCloseTo(value * (vector[row] ?? 0), 9)
    }
  })
})

describe('principalParts', () => {
  it('keeps differences between words but for what is skipped, on one scale', () => {
    const all = principalParts(rows, words, { skipped: 0, kept: 6 })
    const distance = (of: WordRows, a: number, b: number) =>
      Math.hypot(...rowOf(of, a).map((value, index) => value - (rowOf(of, b)[index] ?? 0)))
    const ratio = distance(all, 0, 1) / distance(rows, 0, 1)
    expect(distance(all, 5, 30) / distance(rows, 5, 30)).toBeCloseTo(ratio, 9)
    const fewer = principalParts(rows, words, { skipped: 1, kept: 2 })
    const scale = (rowOf(fewer, 9)[0] ?? 0) / (rowOf(all, 9)[1] ?? 1)
    expect(scale).toBeGreaterThan(1)
    for (const row of words.keys())
      for (const part of [0, 1]) expect(rowOf(fewer, row)[part]).toBeCloseTo(scale * (rowOf(all, row)[part + 1] ?? 0), 9)
  })
})

describe('vectors of two origins', () => {
  it('stand side by side, the second by its share', () => {
    const second = { width: 2, values: Float64Array.of(1, 2, 3, 4) }
    const first = { width: 1, values: Float64Array.of(8, 9) }
    expect(sideBySide(first, second, 0.5)).toEqual({ width: 3, values: Float64Array.of(8, 0.5, 1, 9, 1.5, 2) })
  })

  it('keep their lengths and angles when they are spread, and lie on no axis more than on others', () => {
    const before = { width: 8, values: numbers(16, 5) }
    const after = spreadEvenly(before)
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const)
      expect(product(rowOf(after, a), rowOf(after, b))).toBeCloseTo(product(rowOf(before, a), rowOf(before, b)), 9)
    const onOne = spreadEvenly({ width: 4, values: Float64Array.of(0, 3, 0, 0) })
    expect([...onOne.values].map(Math.abs)).toEqual([1.5, 1.5, 1.5, 1.5])
    expect(() => spreadEvenly({ width: 3, values: new Float64Array(3) })).toThrow('no power of two')
  })
})
