import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseCount } from '#storage/testing/cases.ts'
import { type JsonValues, jsonValues } from './json-values.ts'

function cut(values: JsonValues, text: string, sizes: readonly number[]): string[] {
  const found: string[] = []
  let from = 0
  for (const size of [...sizes, text.length]) {
    found.push(...values.push(text.slice(from, from + size)))
    from += size
  }
  const rest = values.rest()
  return rest === '' ? found : [...found, rest]
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 })

describe('cutting a stream of JSON', () => {
  it('gives the elements of an array, wherever the pieces of the stream end', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), sizes, fc.constantFrom(0, 1), (array, pieces, indent) => {
        const found = cut(jsonValues(), JSON.stringify(array, undefined, indent), pieces)
        expect(found.map((text): unknown => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(array)))
      }),
      { numRuns: caseCount(500) },
    )
  })

  it('gives each of several values on lines of their own, and a lone object as one', () => {
    expect(cut(jsonValues(), '{"a":[1,{"b":"]}"}]}', [3, 7])).toEqual(['{"a":[1,{"b":"]}"}]}'])
    expect(cut(jsonValues(), '{"a":1}\n{"a":2}\r\n"x, \\" y"\n7', [4])).toEqual(['{"a":1}', '{"a":2}', '"x, \\" y"', '7'])
  })

  it('goes on after a broken element and keeps what was cut off', () => {
    expect(cut(jsonValues(), '[{"a":1}, oops, {"a":2}, {"a":', [5, 9])).toEqual(['{"a":1}', 'oops', '{"a":2}', '{"a":'])
    expect(cut(jsonValues(), '  [ ] ', [])).toEqual([])
    expect(cut(jsonValues(), ']}][', [])).toEqual([])
  })
})
