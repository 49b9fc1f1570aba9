import { describeDrop } from '#context/describe-drop.ts'
import type { DroppedItem, Manifest, ManifestItem } from '#context/manifest.ts'
import { formatDay } from '#ui/kit/format.ts'

/** A candidate of an asked text: what would go into the prompt, with its tokens, or what would not, with the reason. */
export type AskRow = {
  readonly key: string
  readonly item: ManifestItem | DroppedItem
  readonly enters: boolean
  readonly note: string
}

/** Everything that was retrieved, best score first; `cut`: where those begin that score too little. */
export function askRows(manifest: Manifest): { readonly rows: readonly AskRow[]; readonly cut: number } {
  const kept = manifest.sections.filter(({ name }) => name === 'recalled').flatMap(({ items }) => items)
  const rows = [
    ...kept.filter(({ carried }) => !carried).map((item): AskRow => ({ key: item.key, item, enters: true, note: '' })),
    ...manifest.dropped
      .filter(({ section, score }) => section === 'recalled' && score !== undefined)
      .map(
        (item): AskRow => ({
          key: item.key,
          item,
          enters: false,
          note: describeDrop(item.reason, undefined, (at) => formatDay(at, manifest.createdAt)),
        }),
      ),
  ].sort((a, b) => (b.item.score?.total ?? 0) - (a.item.score?.total ?? 0) || Number(b.enters) - Number(a.enters))
  const cut = rows.findIndex(({ item }) => (item.score?.total ?? 0) < manifest.threshold)
  return { rows, cut: cut === -1 ? rows.length : cut }
}

/** Tokens of what would be recalled, and the most that may be. */
export function recalledRoom(manifest: Manifest): { readonly tokens: number; readonly most: number } | undefined {
  const section = manifest.sections.find(({ name }) => name === 'recalled')
  return section && { tokens: section.tokens, most: section.budgetTokens }
}
