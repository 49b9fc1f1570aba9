import { inForce } from '#memory/in-force.ts'
import type { Memory, MemoryKind } from '#memory/memory.ts'
import type { ConversationId } from '#shared/ids.ts'
import { words } from '#shared/text-words.ts'

/** What is known from one conversation, or of the user everywhere, as the memory page groups it. */
export type MemoryGroup = { readonly conversationId: ConversationId | undefined; readonly memories: readonly Memory[] }

export type MemoryFilter = { readonly kind: MemoryKind | undefined; readonly text: string }

/** Memories that hold, of a kind, with all words of a text; the last word may be a beginning. */
export function filterMemories(memories: readonly Memory[], { kind, text }: MemoryFilter, now: number): readonly Memory[] {
  const wanted = words(text, true).map((word) => word.text)
  return memories.filter((memory) => {
    if (!inForce(memory, now) || (kind !== undefined && memory.kind !== kind)) return false
    if (wanted.length === 0) return true
    const held = words(memory.text).map((word) => word.text)
    return wanted.every((word, at) => held.some((one) => (at === wanted.length - 1 ? one.startsWith(word) : one === word)))
  })
}

/** How many memories that hold there are of each kind, in the order in which kinds are shown; none of which there are none. */
export function countKinds(memories: readonly Memory[], now: number): readonly (readonly [MemoryKind, number])[] {
  const counts = new Map<MemoryKind, number>(
    (['fact', 'event', 'loop', 'slot', 'summary', 'portrait', 'segment', 'qa', 'key'] as const).map((kind) => [kind, 0]),
  )
  for (const memory of memories) if (inForce(memory, now)) counts.set(memory.kind, (counts.get(memory.kind) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 0)
}

/**
 * Memories by conversation: what belongs to the user everywhere first, then the conversation that changed last. Within a
 * group what is pinned stands first, then lower levels, then newer ones.
 */
export function groupMemories(memories: readonly Memory[]): readonly MemoryGroup[] {
  const groups = new Map<ConversationId | undefined, Memory[]>()
  for (const memory of memories) {
    const group = groups.get(memory.conversationId)
    if (group) group.push(memory)
    else groups.set(memory.conversationId, [memory])
  }
  return [...groups]
    .map(([conversationId, members]) => ({
      conversationId,
      memories: members.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || a.level - b.level || b.createdAt - a.createdAt),
      newest:
        conversationId === undefined
          ? Number.POSITIVE_INFINITY
          : members.reduce((newest, { createdAt }) => Math.max(newest, createdAt), Number.NEGATIVE_INFINITY),
    }))
    .sort((a, b) => b.newest - a.newest || 0)
}
