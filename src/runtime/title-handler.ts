import { acceptTitle, titlePrompt } from '#chat/model-title.ts'
import { isUnderPressure } from '#context/decide-epoch.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { JobHandler } from './job-runner.ts'
import type { Runtime } from './runtime.ts'
import { sideCall } from './side-call.ts'

/**
 * Lets the model name a conversation. Runs only after an epoch has closed, when the KV cache is laid anew anyway, so that
 * a title never costs the chat its cache. A title that fails the check is dropped and the rule's title stays.
 */
export function titleHandler(runtime: Runtime, supervisor: EngineSupervisor): JobHandler {
  const { services, store } = runtime
  return async (job, signal) => {
    if (store.getState().engine.type !== 'ready') return 'later'
    // A turn that came first has laid the new head already: the title waits for the next epoch's end.
    if (runtime.inCache && !isUnderPressure(runtime.inCache)) return 'later'
    const { chat } = services.storage
    const conversation = await chat.getConversation(job.conversationId)
    if (!conversation?.headId || conversation.titledBy !== 'rule') return 'done'
    const { messages } = await chat.pathTail(conversation.id, conversation.headId, 12)
    const answer = await sideCall(
      runtime,
      supervisor,
      { prompt: titlePrompt(messages), maxOutputTokens: 24, stop: ['\n'] },
      signal,
    )
    const title = acceptTitle(answer, messages)
    if (title) {
      await chat.updateConversation(conversation.id, { title, titledBy: 'model' })
      await services.retrieval.setTitle(conversation.id, title)
    }
    return 'done'
  }
}
