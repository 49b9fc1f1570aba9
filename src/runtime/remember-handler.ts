import type { MessageId } from '#shared/ids.ts'
import { planOf } from '#strategies/profiles.ts'
import type { JobHandler } from './job-runner.ts'
import { remember } from './remember.ts'
import type { Runtime } from './runtime.ts'

/**
 * Reads the round that a reply closed, by rules alone: it takes milliseconds, needs no model and leaves the prompt's head as
 * it is. What it finds enters the next head.
 */
export function rememberHandler(runtime: Runtime): JobHandler {
  const { services, store } = runtime
  return async (job) => {
    const { chat } = services.storage
    const conversation = await chat.getConversation(job.conversationId)
    if (
      !conversation ||
      conversation.deletedAt !== undefined ||
      conversation.example ||
      !conversation.memory ||
      !store.getState().settings.memory
    )
      return 'done'
    const kinds = planOf(conversation.profile).writers.flatMap(({ writer, on, kinds }) =>
      writer === 'facts' && on === 'round' ? kinds : [],
    )
    if (kinds.length === 0) return 'done'
    const replyId = job.payload.headId as MessageId
    const { messages } = await chat.pathTail(conversation.id, replyId, 2)
    await remember(runtime, { messages, kinds, cause: { type: 'round-closed', conversationId: conversation.id, replyId } })
    return 'done'
  }
}
