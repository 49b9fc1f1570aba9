import type { Message } from '#chat/message.ts'
import { type BudgetName, noWishes, type PromptWishes } from '#chat/prompt-wishes.ts'
import type { Manifest } from './manifest.ts'

/** Budgets of what stands in the frozen part; what is recalled is chosen anew for every message. */
const frozen: readonly BudgetName[] = ['you', 'summary', 'turns']

/**
 * Whether the user wants something of the next prompt that the previous one, which it would begin with, does not give:
 * other room for the head or the turns, something out that stands in it, something back that was hidden when it was laid.
 * `since`: what was said since, the new message not among it.
 */
export function wishesBreak(previous: Manifest, since: readonly Message[], wishes: PromptWishes = noWishes): boolean {
  const before = previous.wishes ?? noWishes
  if (frozen.some((section) => before.budgets[section] !== wishes.budgets[section])) return true
  const hidden = new Set(wishes.hidden)
  const isHidden = (key: string | undefined) => key !== undefined && hidden.has(key)
  const stands = previous.sections.some(({ items }) =>
    items.some(({ key, messageId, memoryId }) => isHidden(key) || isHidden(messageId) || isHidden(memoryId)),
  )
  if (stands || since.some(({ id }) => isHidden(id))) return true
  return previous.dropped.some(({ key, section, reason }) => reason.type === 'hidden' && section !== 'recalled' && !isHidden(key))
}
