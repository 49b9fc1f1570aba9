import { textHash } from '#shared/text-hash.ts'
import type { FoldedLevel } from './fold-levels.ts'
import type { Cause, Coverage, Memory, MemoryOp, Sentence, Span } from './memory.ts'
import type { FoldPlan } from './plan-fold.ts'
import { renderSentences } from './render-sentences.ts'

export type ConsolidateRequest = {
  readonly plan: FoldPlan
  readonly sentences: readonly Sentence[]
  readonly madeBy: 'extracted' | 'model'
  readonly modelId?: string
  /** Changed summaries of level 1 and above, from `foldLevels`. */
  readonly levels?: readonly FoldedLevel[]
  /** The job that this is done for: what the user undid or retired may be made again by a later job, not by the same. */
  readonly job?: string
  readonly now: number
  readonly cause: Cause
}

/**
 * The ops that put a new summary version into memory: the first is added, a later one revises the one before and keeps it
 * in `foldedFrom`. A version that another branch replaced already is folded from, but not revised again. Ids come from the
 * content and the job, so that a job run twice appends nothing new.
 */
export function consolidate({
  plan,
  sentences,
  madeBy,
  modelId,
  levels = [],
  job = '',
  now,
  cause,
}: ConsolidateRequest): readonly MemoryOp[] {
  if (sentences.length === 0) return []
  const shared = { covers: plan.covers, job, now, cause }
  const below = plan.previous ? [plan.previous.id] : []
  return [
    versionOp({ ...shared, level: 0, previous: plan.previous, sources: [], sentences, madeBy, modelId }),
    ...levels.map(({ level, previous, sentences: upper }) =>
      versionOp({ ...shared, level, previous, sources: below, sentences: upper, madeBy: 'extracted', modelId: undefined }),
    ),
  ]
}

type Version = {
  readonly level: number
  readonly previous: Memory | undefined
  readonly sources: readonly Memory['id'][]
  readonly sentences: readonly Sentence[]
  readonly covers: Coverage
  readonly madeBy: 'extracted' | 'model'
  readonly modelId: string | undefined
  readonly job: string
  readonly now: number
  readonly cause: Cause
}

function versionOp({ level, previous, sources, sentences, covers, madeBy, modelId, job, now, cause }: Version): MemoryOp {
  const text = renderSentences(sentences)
  const hash = textHash(
    JSON.stringify([
      level,
      previous?.id ?? '',
      covers.conversationId,
      covers.from,
      covers.upTo,
      madeBy,
      modelId ?? '',
      job,
      text,
    ]),
  )
  const memory: Memory = {
    id: `mem:${hash}`,
    kind: 'summary',
    text,
    sentences,
    evidence: unitedEvidence(sentences),
    conversationId: covers.conversationId,
    madeBy,
    ...(modelId !== undefined && { modelId }),
    covers,
    level,
    foldedFrom: [...(previous ? [previous.id] : []), ...sources],
    createdAt: now,
    validFrom: now,
    pinned: false,
    retired: false,
    strength: 1,
  }
  const base = { id: `op:${hash}`, at: now, cause, memory } as const
  return previous && previous.replacedBy === undefined
    ? { ...base, type: 'revise', memoryId: previous.id }
    : { ...base, type: 'add' }
}

/** Every span of some sentences, once. */
export function unitedEvidence(sentences: readonly Sentence[]): readonly Span[] {
  const spans = new Map<string, Span>()
  for (const { evidence } of sentences) for (const span of evidence) spans.set(`${span.messageId} ${span.from} ${span.to}`, span)
  return [...spans.values()]
}
