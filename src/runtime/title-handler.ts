import { acceptTitle, titlePrompt } from '#chat/model-title.ts'
import { isUnderPressure } from '#context/decide-epoch.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { JobHandler } from './job-runner.ts'
import { mayWorkBeside } from './remote/remote-model.ts'
import type { Runtime } from './runtime.ts'
import { fitsWindow, type SideQuestion, sideCall } from './side-call.ts'

/**
 * Lets the model name a conversation. Runs only where there is room beside the chat in the KV cache, or after an epoch has
 * closed, when it is laid anew anyway, so that a title never costs the chat its cache. A title that fails the check is dropped and the rule's title stays.
 */
export function titleHandler(runtime: Runtime, supervisor: EngineSupervisor): JobHandler {
  const { services, store } = runtime
  return async (job, signal) => {
    const { engine } = store.getState()
    if (engine.type !== 'ready' || !mayWorkBeside(engine.model)) return 'later'
    const { chat } = services.storage
    const conversation = await chat.getConversation(job.conversationId)
    if (!conversation?.headId || conversation.titledBy !== 'rule') return 'done'
    const { messages } = await chat.pathTail(conversation.id, conversation.headId, 12)
    const question = { prompt: titlePrompt(messages), maxOutputTokens: 24, stop: ['\n'] }
    if (wouldCostCache(runtime, question)) return 'later'
    const answer = await sideCall(runtime, supervisor, question, signal)
    const title = acceptTitle(answer, messages)
    if (title) {
      await chat.updateConversation(conversation.id, { title, titledBy: 'model' })
      await services.retrieval.setTitle(conversation.id, title)
    }
    return 'done'
  }
}

/** Whether the question would take the place of a prompt that the next turn goes on from. */
function wouldCostCache(runtime: Runtime, question: SideQuestion): boolean {
  const newest = [...runtime.inCache.values()].at(-1)
  if (!newest || isUnderPressure(newest)) return false
  const { engine } = runtime.store.getState()
  if (engine.type !== 'ready' || engine.loaded.reuse !== 'several') return true
  const { inputTokens, outputTokens } = newest.actual ?? { ...newest.predicted, outputTokens: 0 }
  return !fitsWindow(runtime, question, inputTokens + outputTokens + besideSlack)
}

/** Tokens that two prompts may take beyond their own: the cache gives them room page by page. */
const besideSlack = 64
