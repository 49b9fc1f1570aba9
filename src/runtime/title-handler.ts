import { acceptTitle, titlePrompt } from '#chat/model-title.ts'
import { renderPrompt } from '#context/render-prompt.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { JobHandler } from './job-runner.ts'
import type { Runtime } from './runtime.ts'

const titleTokens = 24

/**
 * Lets the model name a conversation. Runs only after an epoch has closed, when the KV cache is laid anew anyway, so that
 * a title never costs the chat its cache. A title that fails the check is dropped and the rule's title stays.
 */
export function titleHandler(runtime: Runtime, supervisor: EngineSupervisor): JobHandler {
  const { services, store, engineRoom } = runtime
  return async (job, signal) => {
    const { engine } = store.getState()
    if (engine.type !== 'ready') return 'later'
    const conversation = await services.storage.chat.getConversation(job.conversationId)
    if (!conversation?.headId || conversation.titledBy !== 'rule') return 'done'
    const { messages } = await services.storage.chat.pathTail(conversation.id, conversation.headId, 12)
    let text = ''
    await engineRoom.run(
      'background',
      async (abort) => {
        const { engine: running, model } = supervisor.ready()
        const prompt = renderPrompt(model.template, titlePrompt(messages))
        const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: titleTokens }
        for await (const event of running.generate({ prompt, sampling, stop: [...model.template.stop, '\n'] }, abort))
          if (event.type === 'text-delta') text += event.text
          else if (event.type === 'generation-end' && event.finishReason === 'cancelled')
            throw new DOMException('Yielded.', 'AbortError')
      },
      signal,
    )
    const title = acceptTitle(text, messages)
    if (title) {
      await services.storage.chat.updateConversation(conversation.id, { title, titledBy: 'model' })
      await services.retrieval.setTitle(conversation.id, title)
    }
    return 'done'
  }
}
