import type { ChatTemplate } from '#context/template.ts'
import * as families from '#engine/catalogue/templates.ts'

const nothing = { before: '', after: '' } as const

/**
 * Messages as they are, for servers that lay them by their own template. Which one that is is not known, so the control tokens
 * of all known families are kept out of what people write: none of it can forge a turn.
 */
export const plainTemplate: ChatTemplate = {
  start: '',
  system: nothing,
  user: nothing,
  assistant: nothing,
  stop: [],
  controlTokens: [
    ...new Set(
      Object.values(families)
        .flatMap((template) => (typeof template === 'function' ? [] : template.controlTokens))
        // `<s>` is HTML as well, and opens no turn.
        .filter((token) => token.length > 4),
    ),
  ],
}

export const isPlain = ({ start, user, assistant }: ChatTemplate): boolean =>
  [start, user.before, user.after, assistant.before, assistant.after].every((text) => text === '')
