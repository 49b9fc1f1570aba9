import { Template } from '@huggingface/jinja'
import type { Render } from './learn-affixes.ts'

/**
 * Lays messages by the Jinja template of a model file, with what such templates are given: the start and the end token. No
 * date: a template that asks for one writes the day it was made for, or none. Throws where the text is no template.
 */
export function jinjaRender(source: string, tokens: { readonly bos: string; readonly eos: string }): Render {
  const template = new Template(source)
  return (messages, { opens, thinks }) => {
    try {
      return template.render({
        messages: messages.map((message) => ({ ...message })),
        add_generation_prompt: opens,
        enable_thinking: thinks,
        bos_token: tokens.bos,
        eos_token: tokens.eos,
      })
    } catch {
      // Templates refuse what they do not know, such as instructions, by raising.
      return undefined
    }
  }
}
