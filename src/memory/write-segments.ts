import type { Message } from '#chat/message.ts'
import { textHash } from '#shared/text-hash.ts'
import { unitedEvidence } from './consolidate.ts'
import { extractSummary } from './extract-summary.ts'
import type { Cause, Memory, MemoryOp } from './memory.ts'
import { renderSentences } from './render-sentences.ts'
import { type SplitPolicy, split } from './split.ts'

export type SegmentRequest = {
  /** A branch, oldest first. */
  readonly path: readonly Message[]
  readonly memories: Iterable<Memory>
  readonly policy: SplitPolicy
  readonly now: number
  readonly cause: Cause
  readonly count: (text: string) => number
}

const maxSentences = 2
const maxTokens = 80

/**
 * What the closed parts of a branch were about: for each segment after those that are known, but for the last, which may go
 * on, its most telling sentences (memos of MemoChat #69, day summaries of MemoryBank #118, sessions of ReBot #24, the outline
 * of S3-DST #51). Ids come from the content, so that what was written, undone or retired is not written again.
 */
export function writeSegments({ path, memories, policy, now, cause, count }: SegmentRequest): readonly MemoryOp[] {
  const places = new Map(path.map(({ id }, index) => [id, index]))
  let from = 0
  for (const { kind, covers } of memories)
    if (kind === 'segment' && covers) from = Math.max(from, (places.get(covers.upTo) ?? -1) + 1)
  return split(path.slice(from), policy)
    .slice(0, -1)
    .flatMap(({ messages }): MemoryOp[] => {
      const { sentences } = extractSummary({ messages, maxSentences, maxTokens, count })
      const [first, last] = [messages[0], messages.at(-1)]
      if (sentences.length === 0 || !first || !last) return []
      const { conversationId } = first
      const text = renderSentences(sentences)
      const hash = textHash(JSON.stringify(['segment', conversationId, first.id, last.id, text]))
      const memory: Memory = {
        id: `mem:${hash}`,
        kind: 'segment',
        text,
        sentences,
        evidence: unitedEvidence(sentences),
        conversationId,
        madeBy: 'extracted',
        covers: { conversationId, from: first.id, upTo: last.id, messageCount: messages.length },
        level: 0,
        foldedFrom: [],
        createdAt: now,
        validFrom: first.createdAt,
        pinned: false,
        retired: false,
        strength: 1,
      }
      return [{ id: `op:${hash}`, at: now, cause, type: 'add', memory }]
    })
}
