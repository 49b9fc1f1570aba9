import type { MemoryId, MessageId, OpId } from '#shared/ids.ts'
import { effectiveOps } from './effective-ops.ts'
import { withoutSources } from './forget-sources.ts'
import type { Kept, Memory, MemoryOp, Span } from './memory.ts'

/** Memory as it stands, by id, in the order in which memories came to be. */
export type MemoryState = ReadonlyMap<MemoryId, Memory>

/**
 * The state that a log of ops describes (rule M1). The order of `ops` does not matter: they are applied by (at, id).
 * An op that names a memory which is not there does nothing, so that a log cut at any time still reduces.
 */
export function reduceMemory(ops: Iterable<MemoryOp>): MemoryState {
  const { applied, forgotten } = effectiveOps(ops)
  const state = new Map<MemoryId, Memory>()
  for (const op of applied) applyOp(state, op, forgotten)
  return state
}

/**
 * Memory as it was at a time, in milliseconds since 1970: the reduction of the ops up to it. Sources that were forgotten
 * later are forgotten here too: a deletion holds for every view of the past (rule M3).
 */
export function memoryAsOf(ops: Iterable<MemoryOp>, at: number): MemoryState {
  const all = [...ops]
  const { forgotten } = effectiveOps(all)
  const { applied } = effectiveOps(all.filter((op) => op.at <= at))
  const state = new Map<MemoryId, Memory>()
  for (const op of applied) applyOp(state, op, forgotten)
  return state
}

const nothing: ReadonlySet<MessageId> = new Set()

/** Applies one op, newer than all before it, in place. Undo and forgetting need the whole log: they do nothing here. */
export function applyOp(state: Map<MemoryId, Memory>, op: MemoryOp, forgotten: ReadonlySet<MessageId> = nothing): void {
  const change = (id: MemoryId, changed: (memory: Memory) => Memory): void => {
    const memory = state.get(id)
    if (memory) state.set(id, changed(memory))
  }
  switch (op.type) {
    case 'add':
      put(state, withoutSources(op.memory, forgotten))
      return
    case 'revise': {
      // A revision that came only from forgotten sources never closed anything.
      const memory = withoutSources(op.memory, forgotten)
      if (!memory) return
      const old = state.get(op.memoryId)
      const inherits = old?.pinned === true && memory.kind !== 'summary'
      put(state, inherits ? { ...memory, pinned: true } : memory)
      change(op.memoryId, (before) => closed(before, memory))
      return
    }
    case 'merge': {
      const memory = withoutSources(op.memory, forgotten)
      if (!memory) return
      const pinned = op.memoryIds.some((id) => state.get(id)?.pinned)
      put(state, pinned ? { ...memory, pinned: true } : memory)
      for (const id of op.memoryIds) change(id, (before) => closed(before, memory))
      return
    }
    case 'retire':
      if (isForgotten(op.evidence, forgotten)) return
      // Only the user may retire what the user pinned (rule M2).
      change(op.memoryId, (memory) => {
        if (memory.pinned && op.cause.type !== 'user') return memory
        const evidence = (op.evidence ?? []).filter((span) => !forgotten.has(span.messageId))
        return { ...ended(memory, op.until), evidence: unitedSpans(memory.evidence, evidence) }
      })
      return
    case 'link':
      change(op.memoryId, (memory) => {
        const links = memory.links ?? []
        const known = links.some(({ to, relation }) => to === op.link.to && relation === op.link.relation)
        return known ? memory : { ...memory, links: [...links, op.link] }
      })
      return
    case 'touch': {
      if (isForgotten(op.evidence, forgotten)) return
      const evidence = op.evidence.filter((span) => !forgotten.has(span.messageId))
      change(op.memoryId, (memory) => ({
        ...memory,
        strength: memory.strength + 1,
        touchedAt: op.at,
        evidence: unitedSpans(memory.evidence, evidence),
      }))
      return
    }
    case 'pin':
      change(op.memoryId, (memory) => ({ ...memory, pinned: op.pinned }))
      return
    case 'keep':
      for (const id of op.memoryIds) {
        const kept: Kept = { check: op.check, beside: op.memoryIds.filter((other) => other !== id) }
        change(id, (memory) => ({ ...memory, kept: [...(memory.kept ?? []), kept] }))
      }
      return
    case 'undo':
    case 'forget-sources':
      return
  }
}

function put(state: Map<MemoryId, Memory>, memory: Memory | undefined): void {
  // The first op that makes an id wins: a second one could only come from a broken log.
  if (memory && !state.has(memory.id)) state.set(memory.id, memory)
}

/** Whether there was evidence and none of it is left. */
function isForgotten(evidence: readonly Span[] = [], forgotten: ReadonlySet<MessageId>): boolean {
  return evidence.length > 0 && evidence.every((span) => forgotten.has(span.messageId))
}

function ended(memory: Memory, until: number | undefined): Memory {
  if (until === undefined || memory.validUntil !== undefined) return { ...memory, retired: true }
  return { ...memory, retired: true, validUntil: Math.max(memory.validFrom, until) }
}

function closed(before: Memory, next: Memory): Memory {
  if (before.id === next.id) return before
  return { ...before, validUntil: Math.max(before.validFrom, next.validFrom), replacedBy: next.id }
}

function unitedSpans(known: readonly Span[], more: readonly Span[]): readonly Span[] {
  const keys = new Set(known.map(spanKey))
  return [...known, ...more.filter((span) => !keys.has(spanKey(span)))]
}

function spanKey(span: Span): string {
  return `${span.messageId} ${span.from} ${span.to}`
}

/** The ops that made a memory what it is, in order: its making, what named it, and what undid or forgot any of these. */
export function historyOf(ops: Iterable<MemoryOp>, id: MemoryId): readonly MemoryOp[] {
  const { sorted } = effectiveOps(ops)
  const sources = new Set<MessageId>()
  const about = new Set<OpId>()
  for (const op of sorted) {
    if (!names(op, id)) continue
    about.add(op.id)
    for (const span of spansOf(op)) sources.add(span.messageId)
  }
  for (const op of sorted)
    if (op.type === 'forget-sources' && op.messageIds.some((source) => sources.has(source))) about.add(op.id)
  // Undo chains may be written in any order of ids, so follow them until nothing new is found.
  for (let grown = true; grown; ) {
    grown = false
    for (const op of sorted) {
      if (op.type !== 'undo' || !about.has(op.opId) || about.has(op.id)) continue
      about.add(op.id)
      grown = true
    }
  }
  return sorted.filter((op) => about.has(op.id))
}

function names(op: MemoryOp, id: MemoryId): boolean {
  switch (op.type) {
    case 'add':
      return op.memory.id === id
    case 'revise':
      return op.memory.id === id || op.memoryId === id
    case 'merge':
      return op.memory.id === id || op.memoryIds.includes(id)
    case 'retire':
    case 'touch':
    case 'pin':
      return op.memoryId === id
    case 'keep':
      return op.memoryIds.includes(id)
    case 'link':
      return op.memoryId === id || op.link.to === id
    case 'undo':
    case 'forget-sources':
      return false
  }
}

/** Whether a replacement counts hangs on its evidence too, so that of every op about the memory is looked at. */
function spansOf(op: MemoryOp): readonly Span[] {
  if (op.type === 'touch' || op.type === 'retire') return op.evidence ?? []
  return op.type === 'add' || op.type === 'revise' || op.type === 'merge' ? op.memory.evidence : []
}
