import type { Message } from '#chat/message.ts'
import type { CountTokens } from '#context/assemble-input.ts'
import { headFill, pressureTokens, replyReserve } from '#context/budget.ts'
import type { Model } from '#ports/model.ts'
import { defaultSettings } from '#runtime/settings.ts'

/**
 * The messages with which an epoch ends, by the product's budget: the first when prompt and reply reach the tokens of
 * pressure, every further one when a head laid up to its fill has grown there. What would be recalled into the prompts is
 * left out, so that epochs are a little longer than in the product. What follows the last end is never taken in.
 */
export function epochEnds(messages: readonly Message[], model: Model, count: CountTokens): readonly Message[] {
  const { defaultWindow: windowTokens, template } = model
  const reserve = replyReserve(windowTokens, defaultSettings.replyTokens)
  const pressure = pressureTokens(windowTokens, reserve)
  // Where two people talk and neither is an assistant, any message may be the last.
  const answered = messages.some(({ role }) => role === 'assistant')
  let used = count(template.system.before + model.defaultInstructions + template.system.after)
  return messages.filter(({ role, text }) => {
    used += count(template[role].before + text + template[role].after)
    if (used < pressure || (answered && role === 'user')) return false
    used = headFill(windowTokens, reserve)
    return true
  })
}
