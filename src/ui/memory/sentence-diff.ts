import type { Sentence } from '#memory/memory.ts'

export type SentenceChange = { readonly type: 'kept' | 'entered' | 'left'; readonly sentence: Sentence }

/**
 * What changed from one version of a memory to the next, by whole sentences: those that left stand before those that
 * entered at the same place. Sentences are compared by their text alone (longest common subsequence).
 */
export function diffSentences(before: readonly Sentence[], after: readonly Sentence[]): readonly SentenceChange[] {
  const common = commonLengths(before, after)
  const changes: SentenceChange[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const old = before[i]
    const fresh = after[j]
    if (old && fresh && old.text === fresh.text) {
      changes.push({ type: 'kept', sentence: fresh })
      i++
      j++
    } else if (old && (!fresh || at(common, i + 1, j) >= at(common, i, j + 1))) {
      changes.push({ type: 'left', sentence: old })
      i++
    } else if (fresh) {
      changes.push({ type: 'entered', sentence: fresh })
      j++
    }
  }
  return changes
}

/** `common[i][j]`: how many sentences the rests from i and from j share, in order. */
function commonLengths(before: readonly Sentence[], after: readonly Sentence[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = rows[i]
      if (!row) continue
      row[j] = before[i]?.text === after[j]?.text ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1))
    }
  }
  return rows
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}
