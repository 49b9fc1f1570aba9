import type { DroppedItem, Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import type { Memory, Sentence } from '#memory/memory.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'

/** What became of a message in one prompt. Several can hold: a message is summarised and recalled at once. */
export type Whereabouts =
  /** It stands there as it was said, whole or in part. */
  | { readonly type: 'in-window'; readonly item: ManifestItem; readonly section: SectionName }
  /** Sentences of a memory in the prompt come from it. */
  | {
      readonly type: 'told'
      readonly item: ManifestItem
      readonly section: SectionName
      readonly sentences: readonly Sentence[]
    }
  /** The summary in the prompt covers it and keeps no sentence of it. */
  | { readonly type: 'covered'; readonly item: ManifestItem }
  /** It was a candidate and stayed out. */
  | { readonly type: 'left-out'; readonly item: DroppedItem }
  /** Nothing of it was considered: it shares nothing with the question that others did not share more of. */
  | { readonly type: 'not-found' }

export type WhereAsked = {
  readonly manifest: Manifest
  readonly messageId: MessageId
  /** The branch up to the asked message, oldest first: what a summary covers is told by it. */
  readonly path: readonly MessageId[]
  readonly memoryOf: (id: MemoryId) => Memory | undefined
}

/** Finds a message in a prompt, or what was said of it there, or the line that kept it out. Strongest first; never empty. */
export function whereIs({ manifest, messageId, path, memoryOf }: WhereAsked): readonly Whereabouts[] {
  const placed = manifest.sections.flatMap(({ name: section, items }) => items.map((item) => ({ section, item })))
  const found: Whereabouts[] = placed
    .filter(({ item }) => item.messageId === messageId)
    .map(({ item, section }) => ({ type: 'in-window', item, section }))
  const covered: Whereabouts[] = []
  for (const { item, section } of placed) {
    const memory = item.memoryId && memoryOf(item.memoryId)
    if (!memory) continue
    const sentences = memory.sentences.filter(({ evidence }) => evidence.some((span) => span.messageId === messageId))
    const from = sentences.length > 0 || memory.evidence.some((span) => span.messageId === messageId)
    if (from) found.push({ type: 'told', item, section, sentences })
    else if (
      section === 'summary' &&
      memory.covers &&
      path.indexOf(messageId) <= path.indexOf(memory.covers.upTo) &&
      path.includes(messageId)
    )
      covered.push({ type: 'covered', item })
  }
  const out = manifest.dropped.filter((item) => item.messageId === messageId || isInRange(item, messageId, path))
  const all = [...found, ...covered, ...out.map((item): Whereabouts => ({ type: 'left-out', item }))]
  return all.length > 0 ? all : [{ type: 'not-found' }]
}

function isInRange({ range }: DroppedItem, messageId: MessageId, path: readonly MessageId[]): boolean {
  if (!range) return false
  const at = path.indexOf(messageId)
  return at !== -1 && at >= path.indexOf(range.from) && at <= path.indexOf(range.to)
}
