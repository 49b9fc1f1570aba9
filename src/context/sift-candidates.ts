import type { Candidate } from '#memory/candidate.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { Recalled } from './choose-recalled.ts'
import { leftOutCandidate } from './left-out.ts'
import type { DroppedItem, DropReason, ManifestItem } from './manifest.ts'
import { lineTokens } from './recalled-block.ts'

/** Refs of what stands in the prompt, by key. */
export type Standing = ReadonlyMap<string, string>

export function standingOf(items: readonly ManifestItem[]): Standing {
  return new Map(items.map((item) => [item.key, item.ref]))
}

/**
 * Why a candidate cannot enter whatever the room is, or undefined where it may. A round stands in the window when all
 * messages that it was taken from do.
 */
export function refusal(
  candidate: Candidate,
  standing: Standing,
  input: Pick<AssembleInput, 'memoryOn' | 'threshold' | 'wishes'>,
): DropReason | undefined {
  if (!input.memoryOn) return { type: 'memory-off' }
  const ref = standing.get(candidate.key) ?? refOfSources(candidate, standing)
  if (ref !== undefined) return { type: 'in-window', ref }
  const { wishes } = input
  if (wishes && isHidden(candidate, wishes.hidden)) return { type: 'hidden' }
  if (wishes?.pinned.includes(candidate.key)) return undefined
  if (candidate.supersededBy !== undefined) return { type: 'superseded', by: candidate.supersededBy }
  const score = candidate.score.total
  return score >= input.threshold ? undefined : { type: 'below-threshold', score, threshold: input.threshold }
}

/** Hidden are the item itself and the words of a hidden message. */
function isHidden({ key, kind, evidence }: Candidate, hidden: readonly string[]): boolean {
  return hidden.includes(key) || (kind === 'excerpt' && evidence.some(({ messageId }) => hidden.includes(messageId)))
}

function refOfSources(candidate: Candidate, standing: Standing): string | undefined {
  if (candidate.kind !== 'excerpt' || candidate.evidence.length === 0) return undefined
  const refs = candidate.evidence.map((span) => standing.get(span.messageId))
  return refs.every((ref) => ref !== undefined) ? refs[0] : undefined
}

/** Candidates that may enter if there is room, each key once. */
export function eligibleCandidates(input: AssembleInput, standing: Standing): Candidate[] {
  const keys = new Set<string>()
  return input.candidates.filter((candidate) => {
    if (keys.has(candidate.key) || refusal(candidate, standing, input)) return false
    keys.add(candidate.key)
    return true
  })
}

/** Every candidate that did not enter, with its reason. `standing` is that of the finished prompt. */
export function leftOutCandidates(
  input: AssembleInput,
  standing: Standing,
  recalled: Recalled | undefined,
  count: CountTokens,
): DroppedItem[] {
  const kept = new Set(recalled?.kept)
  const needs = new Map(recalled?.left.map(({ candidate, neededTokens }) => [candidate.key, neededTokens]))
  return input.candidates
    .filter((candidate) => !kept.has(candidate))
    .map((candidate) => {
      const neededTokens = needs.get(candidate.key)
      const tokens = neededTokens ?? lineTokens(candidate, count)
      const reason =
        refusal(candidate, standing, input) ??
        (recalled ? { type: 'no-room', neededTokens: tokens, availableTokens: recalled.freeTokens } : { type: 'next-epoch' })
      return leftOutCandidate(candidate, tokens, reason)
    })
}
