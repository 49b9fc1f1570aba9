import { assert } from '#shared/assert.ts'
import { applyWishes } from './apply-wishes.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { continueEpoch } from './continue-epoch.ts'
import { breaksEpoch } from './decide-epoch.ts'
import { namedRefs } from './line-refs.ts'
import type { EpochReason, Manifest } from './manifest.ts'
import { layNewEpoch } from './new-epoch.ts'

/**
 * Makes a prompt and the record of it: the only way in which Longhand makes one. Pure, so that preview, lab and replay
 * give the same (rule C2). A `continue` that does not fit or cannot stand on the previous prompt becomes a new epoch with
 * the reason. Throws MessageTooLongError or InstructionsTooLongError; everything else shrinks.
 */
export function assemble(given: AssembleInput, count: CountTokens): Manifest {
  const wished = applyWishes(given, count)
  const input = { ...wished, named: namedRefs(wished) }
  const message = input.path.at(-1)
  assert(message?.role === 'user', 'a prompt ends with a user message')
  let reason: EpochReason
  if (input.decision.type === 'new') reason = input.decision.reason
  else {
    const broken = breaksEpoch(input)
    if (!broken && input.previous) {
      const manifest = continueEpoch(input, input.previous, message, count)
      if (manifest) return manifest
    }
    reason = broken ?? 'pressure'
  }
  return layNewEpoch(input, message, reason, count)
}
