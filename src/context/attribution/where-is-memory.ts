import type { DroppedItem, Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import type { Memory } from '#memory/memory.ts'
import type { MemoryId } from '#shared/ids.ts'

/** What became of a memory in one prompt. */
export type MemoryWhereabouts =
  | { readonly type: 'in-window'; readonly item: ManifestItem; readonly section: SectionName }
  /** Another value or version of it stood there. */
  | { readonly type: 'other-version'; readonly item: ManifestItem; readonly section: SectionName }
  | { readonly type: 'left-out'; readonly item: DroppedItem }
  /** Words that it comes from stood there as they were said, so it needed no line of its own. */
  | { readonly type: 'source'; readonly item: ManifestItem; readonly section: SectionName }
  /** It was made after the prompt. */
  | { readonly type: 'later' }
  /** It was not offered for the prompt: neither its words nor its place in the profile brought it near. */
  | { readonly type: 'not-found' }

export type WhereMemoryAsked = {
  readonly manifest: Manifest
  readonly memory: Memory
  /** Its other values or versions. */
  readonly others: ReadonlySet<MemoryId>
}

/** Finds a memory in a prompt, or the line that kept it out (rule C40). Strongest first; never empty. */
export function whereIsMemory({ manifest, memory, others }: WhereMemoryAsked): readonly MemoryWhereabouts[] {
  const placed = manifest.sections.flatMap(({ name: section, items }) => items.map((item) => ({ section, item })))
  const holding = (wanted: (id: string) => boolean) =>
    placed.filter(({ item }) => wanted(item.key) || (item.memoryId !== undefined && wanted(item.memoryId)))
  const own = holding((id) => id === memory.id).map((one): MemoryWhereabouts => ({ type: 'in-window', ...one }))
  const other = holding((id) => others.has(id as MemoryId)).map((one): MemoryWhereabouts => ({ type: 'other-version', ...one }))
  const out = manifest.dropped
    .filter(({ key, memoryId }) => key === memory.id || memoryId === memory.id)
    .map((item): MemoryWhereabouts => ({ type: 'left-out', item }))
  const sources = new Set(memory.evidence.map(({ messageId }) => messageId))
  const said = own.length > 0 ? [] : placed.filter(({ item }) => item.messageId !== undefined && sources.has(item.messageId))
  const all = [...own, ...other, ...out, ...said.map((one): MemoryWhereabouts => ({ type: 'source', ...one }))]
  if (all.length > 0) return all
  return [{ type: memory.createdAt > manifest.createdAt ? 'later' : 'not-found' }]
}
