import type { DroppedItem, DropReason } from '#context/manifest.ts'

/** How much of what was needed was there, from 0 to 1; absent where nothing could have helped. */
export function nearness(reason: DropReason): number | undefined {
  if (reason.type === 'no-room') return ratio(reason.availableTokens, reason.neededTokens)
  if (reason.type === 'below-threshold') return ratio(reason.score, reason.threshold)
  return undefined
}

/** What came nearest to the prompt first; what had no chance, for a reason of its own, after that. */
export function orderDropped(dropped: readonly DroppedItem[]): readonly DroppedItem[] {
  return [...dropped].sort((a, b) => (nearness(b.reason) ?? -1) - (nearness(a.reason) ?? -1))
}

function ratio(had: number, needed: number): number {
  return needed <= 0 ? 1 : Math.min(1, Math.max(0, had / needed))
}
