import type { MemoryId } from '#shared/ids.ts'
import { textHash } from '#shared/text-hash.ts'
import type { Memory, OpBody, Span } from './memory.ts'
import { renderSentences } from './render-sentences.ts'
import { valuesBefore } from './values-before.ts'

/** What says the same from the same words as a memory that is to be forgotten. */
export type Touched = {
  readonly memory: Memory
  /** What is left of it without those sentences; undefined where nothing is. */
  readonly left: Memory | undefined
}

export type ForgetPlan = {
  readonly memory: Memory
  /** What it replaced, and what that replaced. */
  readonly earlier: readonly Memory[]
  /** Summaries with sentences made from its evidence alone. */
  readonly summaries: readonly Touched[]
  /** Other memories made from its evidence alone. */
  readonly facts: readonly Touched[]
}

/**
 * What forgetting a memory touches (rule M48). A sentence that says the same is one of which every piece of evidence
 * overlaps the memory's own; sentences of summaries that the user pinned are left.
 */
export function planForget(memories: ReadonlyMap<MemoryId, Memory>, id: MemoryId): ForgetPlan | undefined {
  const memory = memories.get(id)
  if (!memory) return undefined
  const earlier = valuesBefore(memories, id)
  const own = new Set([id, ...earlier.map((one) => one.id)])
  const places = new Map<string, Span[]>()
  for (const span of memory.evidence) {
    const list = places.get(span.messageId)
    if (list) list.push(span)
    else places.set(span.messageId, [span])
  }
  const within = (span: Span) => places.get(span.messageId)?.some(({ from, to }) => span.from < to && span.to > from) === true
  const touched: Touched[] = []
  // A summary covers many messages: what else it says is no part of one fact, so only facts pull sentences out of others.
  const others = memory.kind === 'summary' ? [] : memories.values()
  for (const other of others) {
    if (own.has(other.id) || other.retired || other.replacedBy !== undefined || other.pinned) continue
    const stays = other.sentences.filter(({ evidence }) => evidence.length === 0 || !evidence.every(within))
    if (stays.length === other.sentences.length) continue
    touched.push({ memory: other, left: stays.length === 0 ? undefined : shortened(other, stays) })
  }
  return {
    memory,
    earlier,
    summaries: touched.filter((one) => one.memory.kind === 'summary'),
    facts: touched.filter((one) => one.memory.kind !== 'summary'),
  }
}

/** The ops of a plan: the memory and its earlier values are taken out, what was chosen of the rest is rewritten without it. */
export function forgetOps(plan: ForgetPlan, also: readonly Touched[]): readonly OpBody[] {
  const gone = [plan.memory, ...plan.earlier.filter(({ retired }) => !retired)]
  return [
    ...gone.map(({ id }): OpBody => ({ type: 'retire', memoryId: id })),
    ...also.map(
      ({ memory, left }): OpBody =>
        left ? { type: 'revise', memoryId: memory.id, memory: left } : { type: 'retire', memoryId: memory.id },
    ),
  ]
}

function shortened(memory: Memory, sentences: Memory['sentences']): Memory {
  const kept = new Set(
    sentences.flatMap(({ evidence }) => evidence.map(({ messageId, from, to }) => `${messageId} ${from} ${to}`)),
  )
  const { kept: _kept, ...rest } = memory
  const text = renderSentences(sentences)
  return {
    ...rest,
    id: `mem:${textHash(JSON.stringify(['forget', memory.id, text]))}`,
    text,
    sentences,
    evidence: memory.evidence.filter(({ messageId, from, to }) => kept.has(`${messageId} ${from} ${to}`)),
    foldedFrom: [memory.id],
  }
}
