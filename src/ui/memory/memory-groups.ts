import type { Memory } from '#memory/memory.ts'
import type { ConversationId } from '#shared/ids.ts'

/** What is known from one conversation, or of the user everywhere, as the memory page groups it. */
export type MemoryGroup = { readonly conversationId: ConversationId | undefined; readonly memories: readonly Memory[] }

/** A memory is in force while nothing newer took its place and nobody took it out. */
export function inForce(memory: Memory): boolean {
  return !memory.retired && memory.replacedBy === undefined && memory.validUntil === undefined
}

/**
 * Memories in force by conversation: what belongs to the user everywhere first, then the conversation that changed last.
 * Within a group lower levels stand first, then newer ones.
 */
export function groupMemories(memories: readonly Memory[]): readonly MemoryGroup[] {
  const groups = new Map<ConversationId | undefined, Memory[]>()
  for (const memory of memories.filter(inForce)) {
    const group = groups.get(memory.conversationId)
    if (group) group.push(memory)
    else groups.set(memory.conversationId, [memory])
  }
  const newest = (group: MemoryGroup) =>
    group.conversationId === undefined ? Number.POSITIVE_INFINITY : Math.max(...group.memories.map((memory) => memory.createdAt))
  return [...groups]
    .map(([conversationId, members]) => ({
      conversationId,
      memories: members.toSorted((a, b) => a.level - b.level || b.createdAt - a.createdAt),
    }))
    .sort((a, b) => newest(b) - newest(a) || 0)
}
