import type { MemoryId } from '#shared/ids.ts'
import type { Memory } from './memory.ts'

/** What a memory replaced, and what that replaced, the last value first. */
export function valuesBefore(memories: ReadonlyMap<MemoryId, Memory>, id: MemoryId): readonly Memory[] {
  const before = new Map<MemoryId, Memory[]>()
  for (const memory of memories.values()) {
    if (memory.replacedBy === undefined) continue
    const list = before.get(memory.replacedBy)
    if (list) list.push(memory)
    else before.set(memory.replacedBy, [memory])
  }
  const found = new Map<MemoryId, Memory>()
  const visit = (next: MemoryId) => {
    for (const memory of before.get(next) ?? []) {
      if (found.has(memory.id) || memory.id === id) continue
      found.set(memory.id, memory)
      visit(memory.id)
    }
  }
  visit(id)
  return [...found.values()].sort((a, b) => b.validFrom - a.validFrom || (a.id < b.id ? -1 : 1))
}
