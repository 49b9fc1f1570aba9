import type { Message } from '#chat/message.ts'
import type { MemoryId } from '#shared/ids.ts'
import type { Memory } from './memory.ts'

/**
 * The summary in force on a branch (oldest message first): the one that covers most of it, the newest of these.
 * A replaced version is in force only where its replacement is not: on the branch that left before the replacement's end.
 */
export function summaryForPath(memories: ReadonlyMap<MemoryId, Memory>, path: readonly Message[], level = 0): Memory | undefined {
  const place = new Map(path.map((message, index) => [message.id, index]))
  const endOf = (memory: Memory | undefined): number => {
    if (memory?.kind !== 'summary' || memory.level !== level || !memory.covers) return -1
    return place.get(memory.covers.upTo) ?? -1
  }
  let best: Memory | undefined
  let bestEnd = -1
  for (const memory of memories.values()) {
    const end = endOf(memory)
    if (end < 0 || memory.retired || (memory.replacedBy && endOf(memories.get(memory.replacedBy)) >= 0)) continue
    if (best && (end < bestEnd || (end === bestEnd && !isNewer(memory, best)))) continue
    best = memory
    bestEnd = end
  }
  return best
}

function isNewer(memory: Memory, than: Memory): boolean {
  return memory.createdAt !== than.createdAt ? memory.createdAt > than.createdAt : memory.id > than.id
}

/** The versions of a memory, oldest first: what it was folded from and what replaced it. */
export function versionsOf(memories: ReadonlyMap<MemoryId, Memory>, id: MemoryId): readonly Memory[] {
  const found = new Map<MemoryId, Memory>()
  const visit = (next: MemoryId | undefined): void => {
    const memory = next === undefined ? undefined : memories.get(next)
    if (!memory || found.has(memory.id)) return
    found.set(memory.id, memory)
    for (const earlier of memory.foldedFrom) if (memories.get(earlier)?.level === memory.level) visit(earlier)
    visit(memory.replacedBy)
  }
  visit(id)
  return [...found.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}
