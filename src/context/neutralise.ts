import type { ChatTemplate } from './template.ts'

export type Neutralised = { readonly text: string /** How many control tokens were broken up. */; readonly broken: number }

const marks = [' ', '\u00b7', '_', '\u200b', '\ufffd'] as const

/**
 * Breaks up control tokens in `text`, so that no message can forge a turn: a mark (a space, unless a control token holds
 * one) is put before the last character of each. Putting it there makes the result grow with the text: what was written
 * for a beginning of a reply stays as it is when the reply goes on, which rule C3 needs. `before` is what already stands
 * in front of the text; tokens that begin there are broken too.
 */
export function neutralise(text: string, template: Pick<ChatTemplate, 'controlTokens'>, before = ''): Neutralised {
  const tokens = template.controlTokens.filter((token) => token !== '')
  const longest = tokens.reduce((most, token) => Math.max(most, token.length), 0)
  const tail = longest > 1 ? before.slice(1 - longest) : ''
  const source = tail + text
  if (!tokens.some((token) => source.includes(token))) return { text, broken: 0 }
  const mark = marks.find((m) => tokens.every((token) => !token.includes(m))) ?? '\ufffd'

  let out = ''
  let done = tail.length
  let from = 0
  let broken = 0
  for (;;) {
    const end = firstEnd(source, tokens, from, tail.length)
    if (end === undefined) break
    const single = tokens.includes(source.slice(end - 1, end))
    out += source.slice(done, end - 1) + mark + (single ? '' : source.slice(end - 1, end))
    done = end
    from = single ? end : end - 1
    broken++
  }
  return { text: out + source.slice(done), broken }
}

/** Where the first-ending occurrence of a token at or after `from` ends, of those that end after `past`. */
function firstEnd(source: string, tokens: readonly string[], from: number, past: number): number | undefined {
  let first: number | undefined
  for (const token of tokens) {
    let at = source.indexOf(token, from)
    while (at >= 0 && at + token.length <= past) at = source.indexOf(token, at + 1)
    if (at >= 0 && (first === undefined || at + token.length < first)) first = at + token.length
  }
  return first
}
