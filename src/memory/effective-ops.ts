import type { MessageId, OpId } from '#shared/ids.ts'
import type { MemoryOp } from './memory.ts'

export type EffectiveOps = {
  /** Every op once, by (at, id). */
  readonly sorted: readonly MemoryOp[]
  /** Those that were not undone, in the same order. */
  readonly applied: readonly MemoryOp[]
  /** Messages that the user deleted, by all deletions that were not undone. */
  readonly forgotten: ReadonlySet<MessageId>
}

/** Sorts a log, drops repeated ids and resolves undo, also of undo: an op counts unless a counting undo names it. */
export function effectiveOps(ops: Iterable<MemoryOp>): EffectiveOps {
  const byId = new Map<OpId, MemoryOp>()
  for (const op of ops) if (!byId.has(op.id)) byId.set(op.id, op)
  const sorted = [...byId.values()].sort(compareOps)
  // From the newest undo to the oldest, so that whether an undo counts is known before it is applied. An undo acts only on
  // what stands before it; among ops of one millisecond undos stand last, whatever their ids.
  const undone = new Set<OpId>()
  const undos = sorted.filter((op) => op.type === 'undo')
  for (const undo of undos.toReversed()) {
    const target = byId.get(undo.opId)
    if (!undone.has(undo.id) && target && comesBefore(target, undo)) undone.add(target.id)
  }
  const applied = sorted.filter((op) => !undone.has(op.id))
  const forgotten = new Set(applied.flatMap((op) => (op.type === 'forget-sources' ? op.messageIds : [])))
  return { sorted, applied, forgotten }
}

function compareOps(a: MemoryOp, b: MemoryOp): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function comesBefore(target: MemoryOp, undo: MemoryOp): boolean {
  return target.at === undo.at && target.type !== 'undo' ? true : compareOps(target, undo) < 0
}
