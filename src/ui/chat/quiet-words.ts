import type { Manifest } from '#context/manifest.ts'
import { formatCount, formatPlural, formatSeconds, formatShare } from '#ui/kit/format.ts'
import { inputTokens, measured, reusedTokens, reuseUnknown } from '#ui/kit/window-bar/window-segments.ts'

/** Items of memory in a prompt: what was recalled and what is known about the user. */
function memoryCount(manifest: Manifest): number {
  return manifest.sections
    .filter(({ name }) => name === 'recalled' || name === 'you')
    .reduce((sum, { items }) => sum + items.length, 0)
}

/**
 * The quiet line under a reply: "4,600 of 8,192 tokens · 4 memories · 86 % reused · 0.6 s to first word"; `brief`, for a
 * phone: "4,600 tokens · 4 memories · 86 % reused · 0.6 s". Before the engine has reported, the count is our own and said
 * with ≈; what was not measured is left out.
 */
export function quietWords(manifest: Manifest, brief = false): string {
  const { actual } = manifest
  const input = inputTokens(manifest)
  const memories = memoryCount(manifest)
  const counted = measured(manifest) !== undefined
  return [
    `${counted ? '' : '≈ '}${formatCount(input)}${brief ? '' : ` of ${formatCount(manifest.window.size)}`} tokens`,
    ...(memories > 0 ? [formatPlural(memories, 'memory', 'memories')] : []),
    ...(counted && !reuseUnknown(manifest) ? [`${formatShare(reusedTokens(manifest) / input)} reused`] : []),
    ...(actual?.ttftMs === undefined ? [] : [`${formatSeconds(actual.ttftMs)}${brief ? '' : ' to first word'}`]),
  ].join(' · ')
}
