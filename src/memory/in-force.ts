import type { Memory } from './memory.ts'

/** Whether a memory holds at a time: nobody took it out, nothing newer took its place, and its validity is not over. */
export function inForce(memory: Memory, now: number): boolean {
  return !memory.retired && memory.replacedBy === undefined && (memory.validUntil === undefined || memory.validUntil > now)
}

/** Whether a memory holds without an end: it can be confirmed, replaced or ended by what is said next. */
export function isOpen(memory: Memory): boolean {
  return !memory.retired && memory.replacedBy === undefined && memory.validUntil === undefined
}

/** Two open memories of which only one can be true. `newer` was said later. */
export type Contradiction = { readonly older: Memory; readonly newer: Memory }

/** What the user has to decide, since no rule is sure: a new value against a pinned or a fresh one (rule M25). */
export function contradictionsOf(memories: Iterable<Memory>): readonly Contradiction[] {
  const open = new Map<Memory['id'], Memory>()
  for (const memory of memories) if (isOpen(memory)) open.set(memory.id, memory)
  return [...open.values()].flatMap((newer) =>
    (newer.links ?? []).flatMap(({ to, relation }) => {
      const older = relation === 'contradicts' ? open.get(to) : undefined
      return older && older.id !== newer.id ? [{ older, newer }] : []
    }),
  )
}
