import type { WordRows } from './principal-parts.ts'

/** Two vectors of each word one after the other; the second counts `share` of the first. */
export function sideBySide(first: WordRows, second: WordRows, share: number): WordRows {
  const width = first.width + second.width
  const words = first.values.length / first.width
  const values = new Float64Array(words * width)
  for (let word = 0; word < words; word++) {
    values.set(first.values.subarray(word * first.width, (word + 1) * first.width), word * width)
    const scaled = second.values.subarray(word * second.width, (word + 1) * second.width).map((one) => share * one)
    values.set(scaled, word * width + first.width)
  }
  return { width, values }
}
