import { sifWeights } from '#memory/word-vectors.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { eigenvectors } from './eigenvectors.ts'

/** Vectors of words, most frequent word first, `width` numbers a word. */
export type WordRows = { readonly width: number; readonly values: Float64Array }

/**
 * Vectors along the directions in which words differ most, so that few numbers say most of what many said, and without what
 * nearly all words share: their mean, and the first `skipped` of these directions (Arora, Liang and Ma 2017, algorithm 1;
 * Mu and Viswanath 2018, algorithm 1). Each word counts as in the sums that texts are made of: by the square of its SIF
 * weight, as often as it occurs by Zipf's law; stop words, which no sum holds, count nothing. The result is scaled so that
 * the mean square length by this count is 1, by which vectors of several origins can be set side by side.
 */
export function principalParts(
  { width, values }: WordRows,
  words: readonly string[],
  { skipped, kept }: { readonly skipped: number; readonly kept: number },
): WordRows {
  const counts = countsOf(words)
  const mean = new Float64Array(width)
  for (const [word, count] of counts.entries())
    for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + count * (values[word * width + i] ?? 0)
  const centred = values.map((value, index) => value - (mean[index % width] ?? 0))
  const moments = new Float64Array(width * width)
  for (const [word, count] of counts.entries()) {
    if (count === 0) continue
    for (let i = 0; i < width; i++) {
      const factor = count * (centred[word * width + i] as number)
      for (let j = 0; j < width; j++)
        moments[i * width + j] = (moments[i * width + j] as number) + factor * (centred[word * width + j] as number)
    }
  }
  const directions = eigenvectors(moments, width).slice(skipped, skipped + kept)
  const scale = 1 / Math.sqrt(directions.reduce((sum, { value }) => sum + value, 0))
  const parts = new Float64Array(words.length * kept)
  for (const word of words.keys())
    for (const [part, { vector }] of directions.entries()) {
      let along = 0
      for (let i = 0; i < width; i++) along += (centred[word * width + i] as number) * (vector[i] as number)
      parts[word * kept + part] = scale * along
    }
  return { width: kept, values: parts }
}

/** How much each word counts; the sum is 1. */
function countsOf(words: readonly string[]): Float64Array {
  const weights = sifWeights(words.length)
  const counts = Float64Array.from(words, (word, rank) => (stopWords.has(word) ? 0 : (weights[rank] ?? 0) ** 2 / (rank + 1)))
  const sum = counts.reduce((total, one) => total + one, 0)
  return counts.map((one) => one / sum)
}
