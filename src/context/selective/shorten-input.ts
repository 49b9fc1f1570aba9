import type { PromptWishes } from '#chat/prompt-wishes.ts'
import type { AssembleInput, CountTokens, Shortenable } from '#context/assemble-input.ts'
import { textHash } from '#shared/text-hash.ts'
import { cutText } from './cut-text.ts'

/**
 * What a prompt is laid from with the words that the user shortened in place of the whole ones (rule C34). The newest message
 * and a reply to go on with are not touched. Doing it twice changes nothing.
 */
export function shortenInput(input: AssembleInput, count: CountTokens): AssembleInput {
  const { shortened } = input.wishes ?? {}
  if (!shortened) return input
  const cut = <One extends Shortenable & { readonly text: string }>(key: string, one: One) => shorten(shortened, key, one, count)
  const newest = input.path.at(-1)
  return {
    ...input,
    path: input.path.map((message) => (message === newest ? message : cut(message.id, message))),
    candidates: input.candidates.map((candidate) => cut(candidate.key, candidate)),
    you: input.you.map((line) => cut(line.memory.id, line)),
    ...(input.summary ? { summary: cut(input.summary.id, input.summary) } : {}),
  }
}

function shorten<One extends Shortenable & { readonly text: string }>(
  wishes: NonNullable<PromptWishes['shortened']>,
  key: string,
  one: One,
  count: CountTokens,
): One {
  const wish = Object.hasOwn(wishes, key) ? wishes[key] : undefined
  if (!wish || one.shortened || wish.cuts.length === 0 || textHash(one.text) !== wish.textHash) return one
  const text = cutText(one.text, wish.cuts)
  const { ratio, cuts, by } = wish
  const shortened = { ratio, cuts, by, whole: one.text, wholeTokens: count(one.text), tokens: count(text) }
  return { ...one, text, shortened }
}
