import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { Retrieval } from '#memory/cue.ts'
import { isOpen } from '#memory/in-force.ts'
import type { Memory } from '#memory/memory.ts'
import { memoryCandidates } from '#memory/memory-candidates.ts'
import { rescore, rescoredThreshold } from '#memory/rescore.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import type { Plan } from './profile.ts'

export type ApplySeek = {
  readonly plan: Plan
  readonly found: Retrieval
  readonly memories: ReadonlyMap<MemoryId, Memory>
  /** The branch; its last message asks. */
  readonly path: readonly Message[]
  /** What a model chose where choices are a model's; absent, rules choose there too. */
  readonly picked?: readonly Candidate[]
}

/** Share of the question's words of meaning from which a memory is chosen for it. */
export const chosenFrom = 0.34

/** What a plan makes of what retrieval found: further parts of the scores, and memories chosen for this message, or none. */
export function applySeek({ plan, found, memories, path, picked }: ApplySeek): Retrieval {
  const question = path.at(-1)?.text ?? ''
  const weights = plan.seek
  const threshold = Object.keys(weights).length === 0 ? found.threshold : rescoredThreshold(found.threshold, weights)
  const candidates = rescore({
    candidates: found.candidates,
    weights,
    question,
    path,
    superseded: replacedStatements(memories),
    episodes: plan.knobs['epi-cache.episodes'] ?? 4,
  })
  const chosen = plan.choices
    .filter(({ by }) => by === 'rules' || !picked)
    .flatMap(({ over, most }) =>
      memoryCandidates({ memories: memories.values(), over, most, question, threshold: Math.max(chosenFrom, threshold) }),
    )
  const all = [...new Map([...chosen, ...(picked ?? []), ...candidates].map((candidate) => [candidate.key, candidate])).values()]
  return { ...found, candidates: all.sort((a, b) => b.score.total - a.score.total), threshold }
}

/** Messages of which all that was learnt was replaced by something newer. */
function replacedStatements(memories: ReadonlyMap<MemoryId, Memory>): ReadonlySet<MessageId> {
  const replaced = new Set<MessageId>()
  const holding = new Set<MessageId>()
  for (const memory of memories.values()) {
    if (memory.kind !== 'fact') continue
    const sources = isOpen(memory) ? holding : memory.replacedBy === undefined ? undefined : replaced
    for (const { messageId } of memory.evidence) sources?.add(messageId)
  }
  return new Set([...replaced].filter((id) => !holding.has(id)))
}
