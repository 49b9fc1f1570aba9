import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from './memory.fixture.ts'
import { longest, type TextVector } from './text-vector.ts'
import { createVectorRows } from './vector-rows.ts'

/** Any vector of allowed length; often one of the longest, where 16 bits are full. */
const vectors = (dimensions: number): fc.Arbitrary<TextVector> =>
  fc
    .array(fc.oneof(fc.integer({ min: -127, max: 127 }), fc.constantFrom(-127, 0, 127)), {
      minLength: dimensions,
      maxLength: dimensions,
    })
    .map((numbers) => {
      const factor = Math.min(1, longest / Math.hypot(...numbers))
      return Int8Array.from(numbers, (number) => Math.trunc(factor * number))
    })
const some = fc.integer({ min: 1, max: 110 }).chain((dimensions) =>
  fc.record({
    dimensions: fc.constant(dimensions),
    query: vectors(dimensions),
    rows: fc.array(fc.option(vectors(dimensions), { nil: undefined }), { maxLength: 12 }),
  }),
)

/** The definition, one product after the other. */
function plain(a: TextVector, b: TextVector | undefined): number {
  const dot = (x: TextVector, y: TextVector): number => x.reduce((sum, one, index) => sum + one * (y[index] ?? 0), 0)
  const lengths = b ? Math.sqrt(dot(a, a) * dot(b, b)) : 0
  return b && lengths > 0 ? dot(a, b) / lengths : 0
}

describe('createVectorRows', () => {
  it('[M18] a cosine is the scalar product of two vectors over their lengths, −1…1, and 0 where there is none', () => {
    fc.assert(
      fc.property(some, ({ dimensions, query, rows }) => {
        const table = createVectorRows(dimensions)
        for (const [row, vector] of rows.entries()) if (vector) table.set(row, vector)
        const { cosine } = table.query(query)
        for (let row = 0; row < rows.length + 2; row++) {
          expect(cosine(row)).toBeCloseTo(plain(query, rows[row]), 12)
          expect(Math.abs(cosine(row))).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M71] several vectors compared at a time have the cosines that each has by itself', () => {
    const several = fc
      .integer({ min: 1, max: 110 })
      .chain((dimensions) =>
        fc.tuple(
          fc.constant(dimensions),
          fc.array(vectors(dimensions), { maxLength: 8 }),
          fc.array(fc.option(vectors(dimensions), { nil: undefined }), { maxLength: 6 }),
        ),
      )
    fc.assert(
      fc.property(several, fc.boolean(), ([dimensions, queries, rows], findsNearest) => {
        const table = createVectorRows(dimensions, findsNearest)
        for (const [row, vector] of rows.entries()) if (vector) table.set(row, vector)
        const compareAll = table.queryAll(queries)
        const into = new Float64Array(queries.length)
        for (let row = 0; row < rows.length + 1; row++) {
          compareAll(row, into)
          expect([...into]).toEqual(queries.map((query) => table.query(query).cosine(row)))
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M18] opposite and equal vectors of the greatest length have cosines of −1 and 1', () => {
    for (const dimensions of [2, 4, 50, 100]) {
      const table = createVectorRows(dimensions)
      const one = new Int8Array(dimensions).fill(Math.min(127, Math.floor(longest / Math.sqrt(dimensions))))
      table.set(0, one)
      table.set(
        1,
        one.map((number) => -number),
      )
      expect(table.query(one).cosine(0)).toBeCloseTo(1, 12)
      expect(table.query(one).cosine(1)).toBeCloseTo(-1, 12)
    }
  })

  it('[M18] the nearest rows of a small table are those with the greatest cosines above 0', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 12 }), ({ dimensions, query, rows }, limit) => {
        const table = createVectorRows(dimensions)
        for (const [row, vector] of rows.entries()) if (vector) table.set(row, vector)
        const { cosine, nearest } = table.query(query)
        const found = nearest(rows.length + 2, limit)
        const near = rows.flatMap((_, row) => (cosine(row) > 0 ? [row] : []))
        expect(found.length).toBeGreaterThanOrEqual(Math.min(limit, near.length))
        const least = Math.min(...found.map(cosine))
        // Rows are told apart by 256 steps of the cosine.
        for (const row of near) if (!found.includes(row)) expect(cosine(row)).toBeLessThanOrEqual(least + 1 / 256)
        for (const row of found) expect(cosine(row)).toBeGreaterThan(0)
      }),
      { numRuns: cases },
    )
  })

  it('[M18] of a large table hardly one of the nearest rows is missed', () => {
    let state = 3
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    const gauss = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    const near = (to: readonly number[], apart: number) => Int8Array.from(to, (one) => Math.trunc(10 * one + apart * gauss()))
    const table = createVectorRows(100)
    const subjects = Array.from({ length: 400 }, () => Array.from({ length: 100 }, gauss))
    const count = 20_000
    for (let row = 0; row < count; row++) table.set(row, near(subjects[row % subjects.length] ?? [], 6))
    table.clear(400)
    let [met, wanted] = [0, 0]
    for (const subject of subjects.slice(0, 20)) {
      const { cosine, nearest } = table.query(near(subject, 3))
      const found = new Set(nearest(count, 100))
      const best = Array.from({ length: count }, (_, row) => row).sort((a, b) => cosine(b) - cosine(a))
      wanted += 100
      met += best.slice(0, 100).filter((row) => found.has(row)).length
      expect(found.has(400)).toBe(false)
    }
    expect(met / wanted).toBeGreaterThan(0.98)
  })

  it('keeps rows while it grows, and nothing of a cleared one', () => {
    const table = createVectorRows(3)
    const one = Int8Array.from([100, 20, -30])
    table.set(2, one)
    table.set(5000, one)
    const { cosine } = table.query(one)
    expect([2, 5000, 3, 9999].map((row) => Math.round(cosine(row)))).toEqual([1, 1, 0, 0])
    table.clear(2)
    table.clear(9999)
    expect([2, 5000].map((row) => Math.round(table.query(one).cosine(row)))).toEqual([0, 1])
  })
})
