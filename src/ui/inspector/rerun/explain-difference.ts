import type { Manifest } from '#context/manifest.ts'
import type { Rerun } from '#runtime/actions.ts'
import { textLikeness } from '#shared/text-likeness.ts'
import { formatCount, formatShare } from '#ui/kit/format.ts'

/** A reply that was made again, and with which seed. */
type Done = Extract<Rerun, { type: 'done' }> & { readonly seed: number }

/** How a reply that was made again stands to the recorded one, in words. `changed`: the prompt was not the recorded one. */
export function explainDifference(manifest: Manifest, recorded: string, again: Done, changed: boolean): string {
  if (again.text === recorded) return 'The reply is the same, letter for letter.'
  const alike = formatShare(textLikeness(recorded, again.text))
  if (changed) return `The reply is ${alike} alike in its words.`
  return `The reply is ${alike} alike in its words. ${reasonsFor(manifest, again).join(' ')}`
}

/** Why the same prompt may have given another reply, all that is known. */
function reasonsFor(manifest: Manifest, again: Done): readonly string[] {
  const reasons: string[] = []
  if (again.seed !== manifest.sampling.seed)
    reasons.push(`It was made with another seed, ${again.seed}; the recorded one with ${manifest.sampling.seed}.`)
  if (again.modelId !== manifest.model.id) reasons.push(`It is another model’s: the recorded one was ${manifest.model.name}.`)
  if (again.engine !== manifest.model.engine)
    reasons.push(`It ran on another engine, ${again.engine}; the recorded one on ${manifest.model.engine}.`)
  if (again.windowTokens !== manifest.window.size)
    reasons.push(`The window was ${formatCount(manifest.window.size)} tokens then, ${formatCount(again.windowTokens)} now.`)
  const { actual } = manifest
  if (actual && actual.finishReason !== 'stop' && actual.finishReason !== 'length')
    reasons.push('The recorded reply was stopped before its end.')
  if (actual && actual.inputTokens !== again.usage.inputTokens)
    reasons.push(`The engine read ${formatCount(again.usage.inputTokens)} tokens, then ${formatCount(actual.inputTokens)}.`)
  if (reasons.length > 0) return reasons
  if (actual && actual.cachedInputTokens !== again.usage.cachedInputTokens)
    return [
      `Model, engine, seed and sampling are the same. Then ${formatCount(actual.cachedInputTokens)} tokens came from the cache, now ${formatCount(again.usage.cachedInputTokens)}: read in other pieces, numbers round otherwise, and one close choice is enough to go another way.`,
    ]
  return ['Model, engine, seed, sampling and prompt are the same: this engine does not repeat itself on this device.']
}
