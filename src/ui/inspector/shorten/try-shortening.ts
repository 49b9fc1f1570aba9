import type { Shortening } from '#chat/prompt-wishes.ts'
import { openPlan, useShell } from '#ui/shell/shell-state.ts'

/**
 * Shows something shortened, or whole again, in the plan: beside what is being tried there already, else in that of the next
 * prompt.
 *
 * @param stored whether a shortening of it is set for the chat, so that whole is a change too
 */
export function tryShortening(key: string, shortening: Shortening | undefined, stored: boolean): void {
  const { receipt } = useShell.getState()
  const plan = receipt?.view === 'plan' ? receipt : ({ target: { type: 'next' }, changes: [] } as const)
  const others = plan.changes.filter((change) => change.type !== 'shorten' || change.key !== key)
  const change = { type: 'shorten', key, ...(shortening && { shortening }) } as const
  openPlan(plan.target, shortening || stored ? [...others, change] : others)
}
