import type { CueTerms } from './cue-terms.ts'
import type { MessageTable } from './message-table.ts'

/** Gives the share, by weight, of the cue's word pairs that a message holds as neighbours, 0…1. */
export function pairFinder(table: MessageTable, { pairs }: CueTerms): (row: number) => number {
  const all = pairs.reduce((sum, { weight }) => sum + weight, 0)
  const byFirst = new Map<number, { second: number; weight: number; stamp: number }[]>()
  for (const { first, second, weight } of pairs)
    byFirst.set(first, [...(byFirst.get(first) ?? []), { second, weight, stamp: -1 }])
  return (row) => {
    if (all === 0) return 0
    const terms = table.terms(row)
    let found = 0
    for (let index = 0; index + 1 < terms.length; index++)
      for (const pair of byFirst.get(terms[index] ?? -1) ?? []) {
        if (pair.second !== terms[index + 1] || pair.stamp === row) continue
        pair.stamp = row
        found += pair.weight
      }
    return Math.min(1, found / all)
  }
}
