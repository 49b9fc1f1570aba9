import type { Manifest, ManifestItem } from '#context/manifest.ts'
import { sharedTokens } from '#context/rolling-window.ts'
import { formatCount } from '#ui/kit/format.ts'
import { inputTokens, rolledRun } from '#ui/kit/window-bar/window-segments.ts'

/** What the head of a receipt, or of a plan, says of a rolling window; nothing where the window does not roll. */
export function rolledTotal(manifest: Manifest, plan = false): string | undefined {
  const { rolling } = manifest.window
  if (!rolling) return undefined
  const total = inputTokens(manifest)
  const gone = rolledRun(manifest)
  const kept = formatCount(rolling.keptTokens)
  if (!gone)
    return `The window rolls and keeps ${kept} tokens: nothing of this prompt ${plan ? 'rolls' : 'rolled'} out before the reply ${plan ? 'begins' : 'began'}.`
  const newest = formatCount(rolling.keptTokens - rolling.sinkTokens)
  if (plan)
    return `The model will see the first ${formatCount(rolling.sinkTokens)} and the last ${newest} of ${formatCount(total)} tokens when the reply begins. The ${formatCount(gone.tokens)} between are read, and roll out.`
  return `The model saw the first ${formatCount(rolling.sinkTokens)} and the last ${newest} of ${formatCount(total)} tokens when the reply began. The ${formatCount(gone.tokens)} between were read, and had rolled out.`
}

/** What had rolled out of one item when the reply began; nothing where all of it was still there. */
export function rolledItem(manifest: Manifest, item: Pick<ManifestItem, 'start' | 'tokens'>): string | undefined {
  const gone = rolledRun(manifest)
  const tokens = gone ? sharedTokens(gone, item) : 0
  if (tokens === 0) return undefined
  return tokens === item.tokens ? 'rolled out' : `rolled out but for ${formatCount(item.tokens - tokens)}`
}
