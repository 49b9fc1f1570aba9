import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'
import { cases } from './memory.fixture.ts'
import { longest, type TextVector } from './text-vector.ts'
import { anyTable } from './word-table.fixture.ts'
import { parseWordTable, type WordTable } from './word-table.ts'
import { createWordVectors, sifWeights } from './word-vectors.ts'

const listed = (texts: readonly string[]) => texts.map((text) => ({ text }))
/** A table and words to look up in it, some of which it holds. */
const asked = anyTable.chain((table) =>
  fc.record({
    table: fc.constant(table),
    texts: fc.array(fc.oneof(fc.constantFrom(...table.words, 'unheard'), fc.constant('the')), { maxLength: 30 }),
  }),
)

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return dot / Math.sqrt(aa * bb)
}

/** The sum of algorithm 1 in floating point, without any rounding to whole numbers. */
function exactSum({ dimensions, words: known, scales, values }: WordTable, texts: readonly string[]): Float64Array {
  const weights = sifWeights(known.length)
  const sum = new Float64Array(dimensions)
  for (const text of texts) {
    const word = stopWords.has(text) ? -1 : known.indexOf(text)
    if (word < 0) continue
    for (let index = 0; index < dimensions; index++)
      sum[index] = (sum[index] ?? 0) + (weights[word] ?? 0) * (scales[word] ?? 0) * (values[word * dimensions + index] ?? 0)
  }
  return sum
}

describe('createWordVectors', () => {
  it('[M18] the same words in any order have the same vector, and words it does not know add nothing', () => {
    fc.assert(
      fc.property(
        asked.chain(({ table, texts }) =>
          fc.record({
            table: fc.constant(table),
            texts: fc.constant(texts),
            mixed: fc.shuffledSubarray(texts, { minLength: texts.length }),
          }),
        ),
        ({ table, texts, mixed }) => {
          const vectors = createWordVectors(table)
          const vector = vectors.vectorOf(listed(texts))
          expect(vectors.vectorOf(listed(mixed))).toEqual(vector)
          expect(vectors.vectorOf(listed(['unheard', ...texts, 'the']))).toEqual(vector)
          expect(vectors.vectorOf(listed([...texts, ...texts]))).toEqual(vector)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M18] a text of which no word is known has no vector', () => {
    fc.assert(
      fc.property(anyTable, fc.array(fc.constantFrom('unheard', 'the', 'of', '猫')), (table, texts) => {
        expect(createWordVectors(table).vectorOf(listed(texts))).toBeUndefined()
      }),
      { numRuns: cases },
    )
  })

  it('[M18] whole numbers turn the weighted sum by no more than half a step in each dimension', () => {
    fc.assert(
      fc.property(asked, ({ table, texts }) => {
        const vector = createWordVectors(table).vectorOf(listed(texts))
        const sum = exactSum(table, texts)
        const largest = Math.max(...sum.map(Math.abs))
        // Weights are kept as multiples of 2^-28; what is smaller than their errors came from numbers that cancel.
        const error = texts.length * 127 * 2 ** -29
        if (largest <= 1000 * error) return
        const [length, root] = [Math.hypot(...sum), Math.sqrt(table.dimensions)]
        const factor = Math.min(127 / largest, (longest - root / 2) / length)
        const step = 0.5 + 4 * root * factor * error
        for (const [index, value] of sum.entries())
          expect(Math.abs(factor * value - (vector?.[index] ?? 0))).toBeLessThanOrEqual(step)
        expect(Math.hypot(...(vector ?? []))).toBeLessThanOrEqual(longest)
        // So much in each of n dimensions turns a vector by at most this angle.
        const angle = Math.asin(Math.min(1, (root * step) / (factor * length)))
        expect(cosine(vector ?? [], sum)).toBeGreaterThan(Math.cos(angle) - 1e-9)
      }),
      { numRuns: cases },
    )
  })

  it('weighs a word less the more frequent it is, between 0 and 1', () => {
    const weights = sifWeights(40_000)
    expect(weights[0]).toBeCloseTo(0.011, 3)
    expect(weights.every((weight, index) => weight > (weights[index - 1] ?? 0) && weight < 1)).toBe(true)
  })
})

describe('the table of the product', () => {
  const vectors = createWordVectors(parseWordTable(readFileSync('public/vectors/words-128d.bin')))
  const of = (text: string): TextVector => vectors.vectorOf(words(text)) ?? new Int8Array(vectors.dimensions)

  it('finds kin among words that share no letter with what is asked', () => {
    const said = [
      'My physician prescribed new pills for the migraine.',
      'The train to Vienna leaves at noon.',
      'We adopted a puppy from the shelter.',
      'Our flat has three bedrooms and a balcony.',
    ].map(of)
    const best = (text: string): number => {
      const found = said.map((vector) => cosine(of(text), vector))
      return found.indexOf(Math.max(...found))
    }
    expect(best('doctor medicine headache')).toBe(0)
    expect(best('railway departure station')).toBe(1)
    expect(best('dog pet animal')).toBe(2)
    expect(best('apartment rooms terrace')).toBe(3)
  })

  it('knows words by their search form', () => {
    expect(of('CAFÉ')).toEqual(of('cafe'))
    expect(of('Don’t')).toEqual(new Int8Array(vectors.dimensions))
  })
})
