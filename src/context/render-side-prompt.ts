import { neutralise } from './neutralise.ts'
import type { ChatTemplate, PromptPart } from './template.ts'

/** A question to the model beside the chat: a title, a summary. It is no reply and has no manifest. */
export type SidePrompt = {
  readonly system: string
  readonly user: string
  /** How the answer begins, for a model to go on in that form; part of the answer. */
  readonly begun?: string
}

/** Templates a side prompt: a system part, a user part and the opening of the answer. */
export function renderSidePrompt(template: ChatTemplate, { system, user, begun = '' }: SidePrompt): readonly PromptPart[] {
  const affixed = (role: 'system' | 'user', text: string) => ({
    role,
    text: `${template[role].before}${neutralise(text, template).text}${template[role].after}`,
  })
  const first = affixed('system', system)
  return [
    { ...first, text: template.start + first.text },
    affixed('user', user),
    // Asked beside the chat it does not think: an empty thought stands there.
    { role: 'reply', text: template.assistant.before + (template.thought ? emptyThought(template.thought) : '') + begun },
  ]
}

const emptyThought = ({ open, close }: NonNullable<ChatTemplate['thought']>) => `${open}\n${close}\n\n`
