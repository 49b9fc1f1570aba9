import type { Message } from '#chat/message.ts'
import { summaryForPath } from '#memory/summary-for-path.ts'
import type { MessageId } from '#shared/ids.ts'
import { planOf, writesSummary } from '#strategies/profiles.ts'
import { foldBranch, readBranch } from './fold-branch.ts'
import type { JobHandler } from './job-runner.ts'
import { cachedWindow } from './rolling-load.ts'
import type { Runtime } from './runtime.ts'
import type { LoadedEngine } from './side-call.ts'
import { writeEpoch } from './write-epoch.ts'
import { writeSummary } from './write-summary.ts'

/** What no summary covered when the job was made: a job that was cut off after its fold reads the same again. */
function newSince(runtime: Runtime, path: readonly Message[], at: number): readonly Message[] {
  const before = new Map([...runtime.memories].filter(([, memory]) => memory.createdAt < at))
  const upTo = summaryForPath(before, path)?.covers?.upTo
  return path.slice(path.findIndex(({ id }) => id === upTo) + 1)
}

/**
 * Rewrites a conversation's summary at the close of an epoch: by the model where it may write memory and its answer passes
 * the checks, else by extraction; then the profile's other writers.
 */
export function consolidateHandler(runtime: Runtime, supervisor: LoadedEngine, onChange: () => void): JobHandler {
  const { services, store } = runtime
  return async (job, signal) => {
    const conversation = await services.storage.chat.getConversation(job.conversationId)
    if (!conversation || conversation.deletedAt !== undefined || !conversation.memory) return 'done'
    const { engine, settings } = store.getState()
    // Paused memory writes nothing by itself; what the user asks for is done.
    if (!settings.memory && job.payload.asked !== true) return 'done'
    const plan = planOf(conversation.profile)
    const headId = job.payload.headId as MessageId
    const cause = {
      type: 'epoch-closed',
      conversationId: conversation.id,
      reason: job.payload.asked ? 'asked' : 'pressure',
    } as const
    if (writesSummary(plan))
      await foldBranch(runtime, {
        conversation,
        headId,
        windowTokens: engine.type === 'ready' || engine.type === 'generating' ? cachedWindow(engine.loaded) : 4096,
        cause,
        job: job.hash,
        ...(engine.type === 'ready' &&
          engine.model.writesMemory && { write: (ask) => writeSummary(runtime, supervisor, ask, signal) }),
        signal,
      })
    if (!signal.aborted && !conversation.example && store.getState().settings.memory) {
      const path = await readBranch(runtime, conversation, headId)
      const fresh = newSince(runtime, path, job.createdAt)
      await writeEpoch(runtime, supervisor, { plan, path, fresh, conversationId: conversation.id, cause, signal })
    }
    onChange()
    return signal.aborted ? 'later' : 'done'
  }
}
