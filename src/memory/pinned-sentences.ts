import type { MemoryId } from '#shared/ids.ts'
import type { Memory, Sentence } from './memory.ts'
import { versionsOf } from './summary-for-path.ts'

/** The sentences that the next version of a summary must keep (rule M2): those of every version that the user pinned. */
export function pinnedSentences(memories: ReadonlyMap<MemoryId, Memory>, summary: Memory | undefined): readonly Sentence[] {
  if (!summary) return []
  const found = new Map<string, Sentence>()
  for (const { pinned, sentences } of versionsOf(memories, summary.id))
    if (pinned) for (const sentence of sentences) found.set(sentence.text, sentence)
  return [...found.values()]
}
