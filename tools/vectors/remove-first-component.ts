import { sifWeights } from '#memory/word-vectors.ts'
import { stopWords } from '#shared/text-stop-words.ts'

const rounds = 200

/**
 * Takes the direction that all weighted words share most out of every row (Arora, Liang and Ma 2017, algorithm 1, lines 4
 * to 6, for words in place of sentences: what is taken out of the words is out of their sums). The direction is the first
 * right singular vector of the rows, each weighted by its SIF weight and counted as often as its word occurs by Zipf's law;
 * stop words, which no sum holds, count nothing. Returns the share of the squares that it held.
 */
export function removeFirstComponent(rows: Float64Array, words: readonly string[], dimensions: number): number {
  const moments = new Float64Array(dimensions * dimensions)
  const weights = sifWeights(words.length)
  for (const [row, word] of words.entries()) {
    if (stopWords.has(word)) continue
    const counted = (weights[row] ?? 0) ** 2 / (row + 1)
    const from = row * dimensions
    for (let i = 0; i < dimensions; i++) {
      const factor = counted * (rows[from + i] ?? 0)
      for (let j = 0; j < dimensions; j++)
        moments[i * dimensions + j] = (moments[i * dimensions + j] ?? 0) + factor * (rows[from + j] ?? 0)
    }
  }
  let trace = 0
  for (let i = 0; i < dimensions; i++) trace += moments[i * dimensions + i] ?? 0
  // Power iteration: the matrix is symmetric and its first eigenvalue stands well apart.
  let direction = new Float64Array(dimensions).fill(1 / Math.sqrt(dimensions))
  let eigenvalue = 0
  for (let round = 0; round < rounds; round++) {
    const next = direction.map((_, i) => direction.reduce((sum, one, j) => sum + one * (moments[i * dimensions + j] ?? 0), 0))
    eigenvalue = Math.hypot(...next)
    direction = next.map((one) => one / eigenvalue)
  }
  for (let from = 0; from < rows.length; from += dimensions) {
    let along = 0
    for (let i = 0; i < dimensions; i++) along += (rows[from + i] ?? 0) * (direction[i] ?? 0)
    for (let i = 0; i < dimensions; i++) rows[from + i] = (rows[from + i] ?? 0) - along * (direction[i] ?? 0)
  }
  return eigenvalue / trace
}
