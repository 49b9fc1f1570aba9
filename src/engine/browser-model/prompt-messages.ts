import type { PromptPart } from '#context/template.ts'
import type { PromptMessage } from './prompt-api.ts'

export type Asked = {
  /** What was said before, laid into a session when it is made. */
  readonly before: readonly PromptMessage[]
  /** The question, and the beginning of the reply where one is gone on with. */
  readonly now: readonly PromptMessage[]
}

/** A prompt as messages: the browser lays them by a template of its own that nobody sees. */
export function promptMessages(prompt: readonly PromptPart[]): Asked {
  const messages = prompt.flatMap(({ role, text }): PromptMessage[] => {
    if (role !== 'reply') return [{ role, content: text }]
    return text === '' ? [] : [{ role: 'assistant', content: text, prefix: true }]
  })
  const question = messages.findLastIndex(({ role }) => role === 'user')
  const from = Math.max(0, question)
  return { before: messages.slice(0, from), now: messages.slice(from) }
}

/** What of a question is new to a session that holds `held`; undefined where it goes on from something else. */
export function goesOnFrom(held: readonly PromptMessage[], { before, now }: Asked): readonly PromptMessage[] | undefined {
  const all = [...before, ...now]
  if (held.length >= all.length) return undefined
  const same = held.every(({ role, content }, at) => all[at]?.role === role && all[at]?.content === content)
  return same ? all.slice(held.length) : undefined
}
