import type { Sentence } from '#memory/memory.ts'
import { diffLists, type ListChange } from '#shared/diff-lists.ts'

/** What changed from one version of a memory to the next, by whole sentences, which are compared by their text alone. */
export function diffSentences(before: readonly Sentence[], after: readonly Sentence[]): readonly ListChange<Sentence>[] {
  return diffLists(before, after, ({ text }) => text)
}
