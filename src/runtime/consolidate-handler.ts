import type { Message } from '#chat/message.ts'
import { replyReserve, summaryRoom } from '#context/budget.ts'
import { consolidate } from '#memory/consolidate.ts'
import { extractSummary } from '#memory/extract-summary.ts'
import { foldLevels } from '#memory/fold-levels.ts'
import type { Cause } from '#memory/memory.ts'
import { pinnedSentences } from '#memory/pinned-sentences.ts'
import { type FoldPlan, planFold } from '#memory/plan-fold.ts'
import { summaryForPath } from '#memory/summary-for-path.ts'
import type { MessageId } from '#shared/ids.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { JobHandler } from './job-runner.ts'
import { refreshMemories } from './memory-actions.ts'
import type { Runtime } from './runtime.ts'
import { writeSummary } from './write-summary.ts'

/** Rounds that stay verbatim beside the summary: the floor of the turns section. */
const keepRounds = 3
const maxSentences = 12
const maxLevels = 2
/** Left for the line that introduces the summary in the prompt. */
const headingTokens = 24

/**
 * Rewrites a conversation's summary at the close of an epoch (Recursively Summarizing, paper #16: old memory and new
 * dialogue become the new memory). By the model where it may write memory and its answer passes the checks, else by extraction.
 */
export function consolidateHandler(runtime: Runtime, supervisor: EngineSupervisor, onChange: () => void): JobHandler {
  const { services, store } = runtime

  return async (job, signal) => {
    const conversation = await services.storage.chat.getConversation(job.conversationId)
    if (!conversation || conversation.deletedAt !== undefined || !conversation.memory) return 'done'
    const headId = job.payload.headId as MessageId
    const path = await readBranch(runtime, job.conversationId, headId)
    const { engine } = store.getState()
    const windowTokens = engine.type === 'ready' || engine.type === 'generating' ? engine.loaded.windowTokens : 4096
    // Without a model the caps are in estimated tokens; they bound the summary, and no count is shown from them.
    const count = runtime.counter
      ? (text: string) => runtime.counter?.count(text) ?? 0
      : (text: string) => Math.ceil(text.length / 4)
    const room = windowTokens - replyReserve(windowTokens, store.getState().settings.replyTokens)
    const maxTokens = Math.max(16, summaryRoom(room) - headingTokens)
    const cause: Cause = {
      type: 'epoch-closed',
      conversationId: conversation.id,
      reason: job.payload.asked ? 'asked' : 'pressure',
    }

    for (;;) {
      const summary = summaryForPath(runtime.memories, path)
      const plan = planFold({ path, summary, keepRounds, minTokens: 1, maxTokens: windowTokens, count })
      if (!plan) break
      const ops = await makeVersion(plan, { maxSentences, maxTokens, count }, cause, job.hash, path, signal)
      await services.storage.memory.append(ops)
      await refreshMemories(runtime)
      // Ops of a job that ran before add nothing: where the marker did not move, there is nothing more to do.
      const moved = summaryForPath(runtime.memories, path)?.covers?.upTo !== summary?.covers?.upTo
      if (!moved || signal.aborted) break
    }
    onChange()
    return signal.aborted ? 'later' : 'done'
  }

  async function makeVersion(
    plan: FoldPlan,
    caps: { maxSentences: number; maxTokens: number; count: (text: string) => number },
    cause: Cause,
    job: string,
    path: readonly Message[],
    signal: AbortSignal,
  ) {
    const now = services.clock.now()
    const pinned = plan.previous ? pinnedSentences(runtime.memories, plan.previous) : []
    const written = await writeSummary(runtime, supervisor, { plan, pinned, ...caps }, signal)
    const previous = plan.previous ? { previous: plan.previous } : {}
    const { sentences, fallen } = written ?? extractSummary({ ...previous, messages: plan.messages, pinned, ...caps })
    const above = Array.from({ length: maxLevels }, (_, index) => summaryForPath(runtime.memories, path, index + 1))
    // What not even the highest level has room for stays in the messages, where it can be recalled; the versions show that it left.
    const { levels } = foldLevels({ fallen, above: above.filter((memory) => memory !== undefined), maxLevels, ...caps })
    const madeBy = written ? ({ madeBy: 'model', modelId: written.modelId } as const) : ({ madeBy: 'extracted' } as const)
    return consolidate({ plan, sentences, ...madeBy, levels, job, now, cause })
  }
}

/** The whole branch: a summary's end must be on it, and where there is none its first message. */
async function readBranch(runtime: Runtime, conversationId: `conv:${string}`, headId: MessageId): Promise<readonly Message[]> {
  const { chat } = runtime.services.storage
  for (let limit = 256; ; limit *= 4) {
    const { messages, complete } = await chat.pathTail(conversationId, headId, limit)
    if (complete || summaryForPath(runtime.memories, messages)) return messages
  }
}
