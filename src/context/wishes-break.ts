import type { Message } from '#chat/message.ts'
import { type BudgetName, noWishes, type PromptWishes, type Shortening } from '#chat/prompt-wishes.ts'
import type { Manifest } from './manifest.ts'

/** Budgets of what stands in the frozen part; what is recalled is chosen anew for every message. */
const frozen: readonly BudgetName[] = ['you', 'summary', 'turns']

/**
 * Whether the user wants something of the next prompt that the previous one, which it would begin with, does not give:
 * other room for the head or the turns, something out that stands in it, something back that was hidden when it was laid,
 * other words of what stands in it.
 * `since`: what was said since, the new message not among it.
 */
export function wishesBreak(previous: Manifest, since: readonly Message[], wishes: PromptWishes = noWishes): boolean {
  const before = previous.wishes ?? noWishes
  if (frozen.some((section) => before.budgets[section] !== wishes.budgets[section])) return true
  const standing = [...previous.sections.flatMap(({ items }) => items.map(({ key }) => key)), ...since.map(({ id }) => id)]
  if (standing.some((key) => !sameCuts(before.shortened?.[key], wishes.shortened?.[key]))) return true
  const hidden = new Set(wishes.hidden)
  const isHidden = (key: string | undefined) => key !== undefined && hidden.has(key)
  const stands = previous.sections.some(({ items }) =>
    items.some(({ key, messageId, memoryId }) => isHidden(key) || isHidden(messageId) || isHidden(memoryId)),
  )
  if (stands || since.some(({ id }) => isHidden(id))) return true
  return previous.dropped.some(({ key, section, reason }) => reason.type === 'hidden' && section !== 'recalled' && !isHidden(key))
}

function sameCuts(one: Shortening | undefined, other: Shortening | undefined): boolean {
  const places = (shortening: Shortening | undefined) => shortening?.cuts.map(({ from, to }) => `${from} ${to}`).join() ?? ''
  return one?.textHash === other?.textHash && places(one) === places(other)
}
