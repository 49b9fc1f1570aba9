import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { type TextVector, textVector } from './text-vector.ts'
import type { WordTable } from './word-table.ts'

/** The weight of smooth inverse frequency is a / (a + p); Arora et al. found 1e-4 to 1e-3 good, and so are they here. */
const smoothing = 1e-3
/** Weights times scales are kept as integers of this unit, so that sums are exact and no order of words changes them. */
const unit = 2 ** -28

/** Vectors of texts, made of vectors of words. */
export interface WordVectors {
  readonly dimensions: number
  /** The vector of a text by its words in search form; undefined where none of them is known. */
  vectorOf(words: Iterable<{ readonly text: string }>): TextVector | undefined
  /** The vector of the most frequent word that has this stem; undefined where none is known. */
  ofStem(stem: string): TextVector | undefined
}

/**
 * Weights of words by smooth inverse frequency (Arora, Liang and Ma 2017, section 3), most frequent word first. How
 * frequent a word is follows from its rank by Zipf's law with exponent 1.
 */
export function sifWeights(count: number): Float64Array<ArrayBuffer> {
  let harmonic = 0
  for (let rank = 1; rank <= count; rank++) harmonic += 1 / rank
  return Float64Array.from({ length: count }, (_, index) => smoothing / (smoothing + 1 / ((index + 1) * harmonic)))
}

/**
 * Sums word vectors weighted by how rare the words are (Arora, Liang and Ma 2017, algorithm 1). The table has the first
 * principal component taken out of its words already, which is the same as taking it out of the sums. Stop words weigh
 * nothing here as in the rest of the index.
 */
export function createWordVectors({ dimensions, words, scales, values }: WordTable): WordVectors {
  const weights = sifWeights(words.length)
  const factors = weights.map((weight, word) => Math.round((weight * (scales[word] ?? 0)) / unit))
  const numbers = new Map<string, number>()
  for (const [number, word] of words.entries()) if (!stopWords.has(word)) numbers.set(word, number)
  const sum = new Float64Array(dimensions)
  let stems: ReadonlyMap<string, number> | undefined

  function numbersByStem(): ReadonlyMap<string, number> {
    const byStem = new Map<string, number>()
    for (const [word, number] of numbers) if (!byStem.has(stem(word))) byStem.set(stem(word), number)
    return byStem
  }

  return {
    dimensions,
    ofStem(key) {
      stems ??= numbersByStem()
      const number = stems.get(key)
      if (number === undefined) return undefined
      sum.fill(0)
      addRow(sum, factors[number] ?? 0, values, number * dimensions)
      return textVector(sum)
    },
    vectorOf(found) {
      sum.fill(0)
      for (const { text } of found) {
        const number = numbers.get(text)
        if (number !== undefined) addRow(sum, factors[number] ?? 0, values, number * dimensions)
      }
      return textVector(sum)
    },
  }
}

function addRow(sum: Float64Array, factor: number, values: Int8Array, from: number): void {
  for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + factor * (values[from + index] ?? 0)
}
