import { textHash } from '#shared/text-hash.ts'
import { unitedEvidence } from './consolidate.ts'
import { isOpen } from './in-force.ts'
import type { Cause, Memory, MemoryOp } from './memory.ts'
import { renderSentences } from './render-sentences.ts'
import { retention } from './retention.ts'

export type PortraitRequest = {
  readonly memories: Iterable<Memory>
  readonly now: number
  readonly cause: Cause
  /** Days in which an unconfirmed fact fades to 1/e. */
  readonly days?: number
}

const maxSentences = 6

/**
 * A portrait of the user in their own words: the facts in force that hold most, those of who they are first (MemoryBank, paper
 * #118, rebuilds its portrait from all days). A new version only where it says something else; the old ones stay.
 */
export function writePortrait({ memories, now, cause, days }: PortraitRequest): readonly MemoryOp[] {
  const all = [...memories]
  const previous = all.find((memory) => memory.kind === 'portrait' && isOpen(memory))
  const weight = (memory: Memory) =>
    (memory.slot?.name.startsWith('user/') ? 1 : memory.slot ? 0.7 : 0.4) * (1 + retention(memory, now, days))
  const facts = all
    .filter((memory) => memory.kind === 'fact' && isOpen(memory) && memory.conversationId === undefined)
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
    .slice(0, maxSentences)
    // Whatever fades a little more from one day to the next, a portrait of the same facts reads the same.
    .sort((a, b) => a.validFrom - b.validFrom || (a.id < b.id ? -1 : 1))
  const sentences = facts.flatMap((memory) => memory.sentences)
  const text = renderSentences(sentences)
  if (sentences.length === 0 || previous?.text === text || previous?.pinned) return []
  const hash = textHash(JSON.stringify(['portrait', previous?.id ?? '', text]))
  const memory: Memory = {
    id: `mem:${hash}`,
    kind: 'portrait',
    text,
    sentences,
    evidence: unitedEvidence(sentences),
    madeBy: 'extracted',
    level: 0,
    foldedFrom: facts.map(({ id }) => id),
    createdAt: now,
    validFrom: now,
    pinned: false,
    retired: false,
    strength: 1,
  }
  const base = { id: `op:${hash}`, at: now, cause, memory } as const
  return [previous ? { ...base, type: 'revise', memoryId: previous.id } : { ...base, type: 'add' }]
}
