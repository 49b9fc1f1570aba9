import { diffLists } from '#shared/diff-lists.ts'
import type { Manifest, ManifestItem, SectionName } from './manifest.ts'

/** An item with the section that it stands in. */
export type PlacedItem = { readonly item: ManifestItem; readonly section: SectionName }

/** What became of one item from one prompt to another. `moved`: to another section or another place among those kept. */
export type ItemChange =
  | { readonly type: 'entered'; readonly after: PlacedItem }
  | { readonly type: 'left'; readonly before: PlacedItem }
  | { readonly type: 'moved' | 'rewritten' | 'kept'; readonly before: PlacedItem; readonly after: PlacedItem }

/**
 * Lays two prompts side by side by item: every item of both is there once, those that both hold in one entry, in the order
 * of the newer prompt with what left after it. A summary that took the place of another is that one rewritten.
 */
export function comparePrompts(before: Manifest, after: Manifest): readonly ItemChange[] {
  const old = placed(before)
  const fresh = placed(after)
  const partner = new Map(old.map((one) => [nameOf(one), one]))
  const names = new Set(fresh.map(nameOf))
  const common = (list: readonly PlacedItem[], other: ReadonlySet<string>) => list.map(nameOf).filter((name) => other.has(name))
  const inOrder = new Set(
    diffLists(common(old, names), common(fresh, new Set(partner.keys())))
      .filter(({ type }) => type === 'kept')
      .map(({ value }) => value),
  )
  const changes = fresh.map((one): ItemChange => {
    const was = partner.get(nameOf(one))
    if (!was) return { type: 'entered', after: one }
    const type =
      was.item.text !== one.item.text ? 'rewritten' : was.section !== one.section || !inOrder.has(nameOf(one)) ? 'moved' : 'kept'
    return { type, before: was, after: one }
  })
  return [...changes, ...old.filter((one) => !names.has(nameOf(one))).map((one): ItemChange => ({ type: 'left', before: one }))]
}

/** Items in the order of the prompt. */
function placed({ sections }: Manifest): readonly PlacedItem[] {
  return sections
    .flatMap(({ name, items }) => items.map((item) => ({ item, section: name })))
    .sort((a, b) => a.item.part - b.item.part || a.item.from - b.item.from)
}

/** There is one summary in a prompt, whichever it is. */
function nameOf({ item }: PlacedItem): string {
  return item.kind === 'summary' ? 'summary' : item.key
}
