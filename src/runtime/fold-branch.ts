import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { floorRounds, replyReserve, summaryRoom } from '#context/budget.ts'
import { consolidate } from '#memory/consolidate.ts'
import { extractSummary } from '#memory/extract-summary.ts'
import { foldLevels } from '#memory/fold-levels.ts'
import type { Cause, MemoryOp, Sentence } from '#memory/memory.ts'
import { pinnedSentences } from '#memory/pinned-sentences.ts'
import { type FoldPlan, planFold } from '#memory/plan-fold.ts'
import { summaryForPath } from '#memory/summary-for-path.ts'
import type { MessageId } from '#shared/ids.ts'
import { refreshMemories } from './memory-actions.ts'
import type { Runtime } from './runtime.ts'
import { longestReply } from './sampling.ts'

const maxSentences = 12
const maxLevels = 2
/** The most of a window that a version in a model's words takes in. */
const writtenShare = 5 / 8
/** Left for the line that introduces the summary in the prompt. */
const headingTokens = 24

export type SummaryCaps = {
  readonly maxSentences: number
  readonly maxTokens: number
  readonly count: (text: string) => number
}

/** A version in a model's words; undefined where the model may not write memory or its answer was rejected. */
export type WriteVersion = (
  ask: { readonly plan: FoldPlan; readonly pinned: readonly Sentence[] } & SummaryCaps,
) => Promise<
  { readonly sentences: readonly Sentence[]; readonly fallen: readonly Sentence[]; readonly modelId: string } | undefined
>

export type FoldBranch = {
  readonly conversation: Conversation
  /** The end of the branch up to which the summary is carried, but for the rounds that stay verbatim. */
  readonly headId: MessageId
  readonly windowTokens: number
  readonly cause: Cause
  /** What this is done for: the same work done twice for one job appends nothing new. */
  readonly job: string
  /** Absent: by extraction alone, in milliseconds. */
  readonly write?: WriteVersion
  readonly signal?: AbortSignal
}

/**
 * Carries a branch's summary on to its last rounds (Recursively Summarizing, paper #16: old memory and new dialogue become
 * the new memory), in as many versions as its length takes.
 */
export async function foldBranch(runtime: Runtime, fold: FoldBranch): Promise<void> {
  const { services, store } = runtime
  const { conversation, windowTokens, cause, job, write, signal } = fold
  const path = await readBranch(runtime, conversation, fold.headId)
  // Without a model the caps are in estimated tokens; they bound the summary, and no count is shown from them.
  const count = runtime.counter
    ? (text: string) => runtime.counter?.count(text) ?? 0
    : (text: string) => Math.ceil(text.length / 4)
  const { engine, settings } = store.getState()
  const longest = longestReply(settings, engine.type === 'none' ? undefined : engine.model.id)
  const room = windowTokens - replyReserve(windowTokens, longest)
  const caps: SummaryCaps = { maxSentences, maxTokens: Math.max(16, summaryRoom(room) - headingTokens), count }

  async function versionOf(plan: FoldPlan): Promise<readonly MemoryOp[]> {
    const now = services.clock.now()
    const pinned = plan.previous ? pinnedSentences(runtime.memories, plan.previous) : []
    const written = await write?.({ plan, pinned, ...caps })
    const previous = plan.previous ? { previous: plan.previous } : {}
    const { sentences, fallen } = written ?? extractSummary({ ...previous, messages: plan.messages, pinned, ...caps })
    const above = Array.from({ length: maxLevels }, (_, index) => summaryForPath(runtime.memories, path, index + 1))
    // What not even the highest level has room for stays in the messages, where it can be recalled; the versions show that it left.
    const { levels } = foldLevels({ fallen, above: above.filter((memory) => memory !== undefined), maxLevels, ...caps })
    const madeBy = written ? ({ madeBy: 'model', modelId: written.modelId } as const) : ({ madeBy: 'extracted' } as const)
    return consolidate({ plan, sentences, ...madeBy, levels, job, now, cause })
  }

  // A model reads the memory so far, the new part and what is asked of it in one window, and writes the answer there.
  const maxTokens = write ? Math.floor(windowTokens * writtenShare) : windowTokens
  for (;;) {
    const summary = summaryForPath(runtime.memories, path)
    const plan = planFold({ path, summary, keepRounds: floorRounds, minTokens: 1, maxTokens, count })
    if (!plan) return
    await services.storage.memory.append(await versionOf(plan))
    await refreshMemories(runtime)
    // Ops of a job that ran before add nothing: where the marker did not move, there is nothing more to do.
    const moved = summaryForPath(runtime.memories, path)?.covers?.upTo !== summary?.covers?.upTo
    if (!moved || signal?.aborted) return
  }
}

/** The whole branch: a summary's end must be on it, and where there is none its first message. */
export async function readBranch(runtime: Runtime, { id }: Conversation, headId: MessageId): Promise<readonly Message[]> {
  const { chat } = runtime.services.storage
  for (let limit = 256; ; limit *= 4) {
    const { messages, complete } = await chat.pathTail(id, headId, limit)
    if (complete || summaryForPath(runtime.memories, messages)) return messages
  }
}
