import fc from 'fast-check'
import type { WordTable } from './word-table.ts'

const word = fc.stringMatching(/^[a-z]{1,6}$/)

/** Tables of a few words and dimensions with any vectors. */
export const anyTable: fc.Arbitrary<WordTable> = fc
  .record({ dimensions: fc.integer({ min: 1, max: 12 }), words: fc.uniqueArray(word, { maxLength: 12 }) })
  .chain(({ dimensions, words }) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      words: fc.constant(words),
      scales: fc.float32Array({ minLength: words.length, maxLength: words.length, min: 0, max: 4, noNaN: true }),
      values: fc.int8Array({
        minLength: words.length * dimensions,
        maxLength: words.length * dimensions,
        min: -127,
        max: 127,
      }),
    }),
  )
