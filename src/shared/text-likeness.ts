import { words } from './text-words.ts'

/** At most so many words of each text are compared: the time grows with their product. */
const mostWords = 1200

/**
 * How alike two texts are, 0…1: the harmonic mean of the shares of their words that stand in both in the same order (the
 * measure ROUGE-L, Lin 2004, section 3). 1 means the same words in the same order; two texts without words are alike.
 */
export function textLikeness(one: string, two: string): number {
  const [a, b] = [wordsOf(one), wordsOf(two)]
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
  return (2 * commonInOrder(a, b)) / (a.length + b.length)
}

function wordsOf(text: string): readonly string[] {
  return words(text)
    .slice(0, mostWords)
    .map((word) => word.text)
}

/** Length of the longest common subsequence, one row at a time. */
export function commonInOrder(a: readonly string[], b: readonly string[]): number {
  let before = new Uint16Array(b.length + 1)
  let row = new Uint16Array(b.length + 1)
  for (const word of a) {
    for (let index = 0; index < b.length; index++)
      row[index + 1] = word === b[index] ? (before[index] ?? 0) + 1 : Math.max(before[index + 1] ?? 0, row[index] ?? 0)
    ;[before, row] = [row, before]
  }
  return before[b.length] ?? 0
}
