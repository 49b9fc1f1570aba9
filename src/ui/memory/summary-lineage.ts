import type { Memory } from '#memory/memory.ts'
import type { ConversationId, MemoryId } from '#shared/ids.ts'

/** What is known of one conversation (or of the user everywhere), as the memory page groups it. */
export type MemoryGroup = { readonly conversationId: ConversationId | undefined; readonly memories: readonly Memory[] }

/** A memory is in force while nothing newer took its place and nobody took it out. */
export function inForce(memory: Memory): boolean {
  return !memory.retired && memory.replacedBy === undefined && memory.validUntil === undefined
}

/** Memories in force by conversation; groups and members newest first, what belongs to the user everywhere before all. */
export function groupByConversation(memories: readonly Memory[]): readonly MemoryGroup[] {
  const groups = new Map<ConversationId | undefined, Memory[]>()
  for (const memory of [...memories].sort(newestFirst)) {
    if (!inForce(memory)) continue
    const group = groups.get(memory.conversationId)
    if (group) group.push(memory)
    else groups.set(memory.conversationId, [memory])
  }
  const entries = [...groups].map(([conversationId, members]) => ({ conversationId, memories: members }))
  return entries.sort((a, b) => Number(a.conversationId !== undefined) - Number(b.conversationId !== undefined))
}

/**
 * All versions that led to a memory, newest first, itself included: what it replaced and what it was folded from,
 * and theirs in turn.
 */
export function versionsOf(memory: Memory, all: readonly Memory[]): readonly Memory[] {
  const seen = new Map<MemoryId, Memory>([[memory.id, memory]])
  const queue = [memory]
  for (let current = queue.pop(); current; current = queue.pop()) {
    for (const other of all) {
      if (seen.has(other.id) || !leadsTo(other, current)) continue
      seen.set(other.id, other)
      queue.push(other)
    }
  }
  return [memory, ...[...seen.values()].filter((version) => version.id !== memory.id).sort(newestFirst)]
}

/** The memory in force that a version ended in; itself where nothing took its place. */
export function headOf(memory: Memory, all: readonly Memory[]): Memory {
  const byId = new Map(all.map((other) => [other.id, other]))
  const seen = new Set<MemoryId>()
  let head = memory
  while (head.replacedBy !== undefined && !seen.has(head.id)) {
    seen.add(head.id)
    const next = byId.get(head.replacedBy)
    if (!next) break
    head = next
  }
  return head
}

function leadsTo(earlier: Memory, later: Memory): boolean {
  return earlier.replacedBy === later.id || later.foldedFrom.includes(earlier.id)
}

function newestFirst(a: Memory, b: Memory): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)
}
