import { changeWishes, noWishes, type WishChange } from '#chat/prompt-wishes.ts'
import { assemble } from './assemble.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { Manifest } from './manifest.ts'

/** A change of a plan, to see what comes of it: a wish, or a new head now. */
export type PlanChange = WishChange | { readonly type: 'new-epoch' }

/** What a prompt is laid from, with changes. */
function withChanges(input: AssembleInput, changes: readonly PlanChange[]): AssembleInput {
  const wishes = changeWishes(
    input.wishes ?? noWishes,
    changes.filter((change) => change.type !== 'new-epoch'),
  )
  if (!changes.some(({ type }) => type === 'new-epoch')) return { ...input, wishes }
  return { ...input, wishes, decision: { type: 'new', reason: 'plan-changed' } }
}

/** The plan that comes of changes: without an item, with a pin, under another budget. By the one way that prompts are made. */
export function assembleWith(input: AssembleInput, changes: readonly PlanChange[], count: CountTokens): Manifest {
  return assemble(withChanges(input, changes), count)
}
