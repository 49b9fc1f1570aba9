import { undoMs } from './conversation-actions.ts'
import type { JobHandler } from './job-runner.ts'
import { refreshMemories } from './memory-actions.ts'
import type { Runtime } from './runtime.ts'

/** Removes a deleted conversation for good once its deletion can no longer be taken back, with what came only from it. */
export function purgeHandler(runtime: Runtime): JobHandler {
  const { services } = runtime
  const { chat, memory } = services.storage
  return async (job) => {
    const conversation = await chat.getConversation(job.conversationId)
    if (conversation?.deletedAt === undefined) return 'done'
    if (services.clock.now() < conversation.deletedAt + undoMs) return 'later'
    const messageIds = (await chat.allMessages(job.conversationId)).map(({ id }) => id)
    await memory.append([
      {
        type: 'forget-sources',
        id: `op:forget-${job.conversationId}`,
        at: services.clock.now(),
        cause: { type: 'source-deleted', conversationId: job.conversationId },
        messageIds,
      },
    ])
    await chat.purgeConversation(job.conversationId)
    await refreshMemories(runtime)
    return 'done'
  }
}
