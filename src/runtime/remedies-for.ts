import type { CountTokens } from '#context/assemble-input.ts'
import { bringIn, holds } from '#context/bring-in.ts'
import type { PreparedTurn } from './prepare-turn.ts'
import type { Remedies } from './state.ts'

/** What would bring something into a prepared prompt: that it is in already, the changes that do, or that it was not found. */
export function remediesFor({ manifest, input }: PreparedTurn, key: string, count: CountTokens): Remedies {
  if (holds(manifest, key)) return { type: 'holds', manifest }
  const item = manifest.dropped.find((dropped) => dropped.key === key)
  if (!item) return { type: 'not-found', manifest }
  return { type: 'remedies', manifest, item, remedies: bringIn(input, manifest, item, count) }
}
