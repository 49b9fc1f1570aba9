import type { Sentence } from '#memory/memory.ts'
import { diffLists } from '#shared/diff-lists.ts'

export type SentenceChange = { readonly type: 'kept' | 'entered' | 'left'; readonly sentence: Sentence }

/** What changed from one version of a memory to the next, by whole sentences, which are compared by their text alone. */
export function diffSentences(before: readonly Sentence[], after: readonly Sentence[]): readonly SentenceChange[] {
  return diffLists(before, after, (a, b) => a.text === b.text).map(({ type, value }) => ({ type, sentence: value }))
}
