import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestRows } from './best-rows.ts'

it('gives what sorting everything would give', () => {
  fc.assert(
    fc.property(
      // Many messages share as much as another: equal values are told apart by age.
      fc.array(fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.integer({ min: 0, max: 4 })), { maxLength: 200 }),
      fc.integer({ min: 0, max: 60 }),
      (numbers, limit) => {
        const values = Float64Array.from(numbers)
        const rows = Uint32Array.from(numbers.keys())
        const sorted = [...rows].sort((x, y) => (values[y] ?? 0) - (values[x] ?? 0) || y - x)
        expect(bestRows(rows, values, limit)).toEqual(sorted.slice(0, limit))
      },
    ),
  )
})
