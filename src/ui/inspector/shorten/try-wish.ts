import type { PlanChange } from '#context/assemble-with.ts'
import { openPlan, useShell } from '#ui/shell/shell-state.ts'

type KeyedChange = Extract<PlanChange, { type: 'shorten' }>

/** Shows a change of one item in the plan: beside what is being tried there already, else in that of the next prompt. */
export function tryInPlan(change: KeyedChange): void {
  const { receipt } = useShell.getState()
  const plan = receipt?.view === 'plan' ? receipt : ({ target: { type: 'next' }, changes: [] } as const)
  const others = plan.changes.filter((one) => one.type !== 'shorten' || one.key !== change.key)
  openPlan(plan.target, [...others, change])
}
