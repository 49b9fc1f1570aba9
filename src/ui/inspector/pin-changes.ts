import type { PlanChange } from '#context/assemble-with.ts'
import type { Remedies } from '#runtime/state.ts'

/** The changes that pin something into a prompt with what else it takes for it to enter; 'none' where nothing does. */
export function pinChanges(found: Remedies | undefined, key: string): readonly PlanChange[] | 'none' {
  if (found?.type !== 'remedies') return [{ type: 'pin', key }]
  const pin = found.remedies.find(({ changes }) => changes.some(({ type }) => type === 'pin')) ?? found.remedies[0]
  return pin?.changes ?? 'none'
}
