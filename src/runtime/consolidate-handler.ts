import type { MessageId } from '#shared/ids.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { foldBranch } from './fold-branch.ts'
import type { JobHandler } from './job-runner.ts'
import type { Runtime } from './runtime.ts'
import { writeSummary } from './write-summary.ts'

/**
 * Rewrites a conversation's summary at the close of an epoch: by the model where it may write memory and its answer passes
 * the checks, else by extraction.
 */
export function consolidateHandler(runtime: Runtime, supervisor: EngineSupervisor, onChange: () => void): JobHandler {
  const { services, store } = runtime
  return async (job, signal) => {
    const conversation = await services.storage.chat.getConversation(job.conversationId)
    if (!conversation || conversation.deletedAt !== undefined || !conversation.memory) return 'done'
    const { engine, settings } = store.getState()
    // Paused memory writes nothing by itself; what the user asks for is done.
    if (!settings.memory && job.payload.asked !== true) return 'done'
    await foldBranch(runtime, {
      conversation,
      headId: job.payload.headId as MessageId,
      windowTokens: engine.type === 'ready' || engine.type === 'generating' ? engine.loaded.windowTokens : 4096,
      cause: { type: 'epoch-closed', conversationId: conversation.id, reason: job.payload.asked ? 'asked' : 'pressure' },
      job: job.hash,
      write: (ask) => writeSummary(runtime, supervisor, ask, signal),
      signal,
    })
    onChange()
    return signal.aborted ? 'later' : 'done'
  }
}
