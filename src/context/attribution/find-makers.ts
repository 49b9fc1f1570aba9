import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import type { PromptPart } from '#context/template.ts'
import { textLikeness } from '#shared/text-likeness.ts'
import { halvingSearch, type Node } from './halving-search.ts'

export type FindMakers = {
  readonly manifest: Manifest
  /** The reply that the prompt made. */
  readonly recorded: string
  readonly keep: number
  /** What the model answers to what is left of the prompt. */
  readonly answer: (prompt: readonly PromptPart[]) => Promise<string>
  readonly signal?: AbortSignal
}

/** The items that can have made a reply: all that can be taken out but the instructions. */
export function makerItems(manifest: Manifest) {
  return removableItems(manifest).filter(({ section }) => section !== 'instructions')
}

/**
 * Finds the items that carry a reply by halving them (`halvingSearch`): the value of a part of them is how like the recorded
 * reply the one is that they make alone.
 */
export function findMakers({ manifest, recorded, keep, answer, signal }: FindMakers): Promise<readonly Node[]> {
  const items = makerItems(manifest)
  return halvingSearch({
    refs: items.map(({ ref }) => ref),
    keep,
    ...(signal ? { signal } : {}),
    async score(refs) {
      const gone = new Set(items.flatMap(({ ref }) => (refs.includes(ref) ? [] : [ref])))
      return textLikeness(recorded, await answer(promptWithout(manifest, gone)))
    },
  })
}
