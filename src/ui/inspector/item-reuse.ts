import type { ManifestItem } from '#context/manifest.ts'

export type Reuse = 'reused' | 'new' | 'partly'

/** Reuse is always a prefix, so an item is reused when it ends before the reused tokens do. */
export function itemReuse(item: Pick<ManifestItem, 'start' | 'tokens'>, cached: number): Reuse {
  if (item.start + item.tokens <= cached) return 'reused'
  return item.start >= cached ? 'new' : 'partly'
}

/** The reuse of several pieces taken together. */
export function joinReuse(reuses: readonly Reuse[]): Reuse {
  if (reuses.every((reuse) => reuse === 'reused')) return 'reused'
  return reuses.every((reuse) => reuse === 'new') ? 'new' : 'partly'
}
