import { effectiveOps } from '#memory/effective-ops.ts'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import { historyOf } from '#memory/reduce-memory.ts'
import type { MemoryId, OpId } from '#shared/ids.ts'

/** One change in the life of a memory, in words; `undone`: it was taken back and does not count. */
export type HistoryEntry = {
  readonly opId: OpId
  readonly at: number
  readonly words: string
  readonly byUser: boolean
  readonly undone: boolean
}

/** Every change of a memory and of the values before it, the newest first; undoing shows at what was undone. */
export function historyEntries(
  ops: readonly MemoryOp[],
  memories: ReadonlyMap<MemoryId, Memory>,
  ids: readonly MemoryId[],
): readonly HistoryEntry[] {
  const counting = new Set(effectiveOps(ops).applied.map(({ id }) => id))
  const about = new Map<OpId, MemoryOp>()
  for (const id of ids) for (const op of historyOf(ops, id)) about.set(op.id, op)
  return [...about.values()]
    .filter((op) => op.type !== 'undo')
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .map((op) => ({
      opId: op.id,
      at: op.at,
      words: wordsOf(op, memories, new Set(ids)),
      byUser: op.cause.type === 'user',
      undone: !counting.has(op.id),
    }))
}

function wordsOf(op: MemoryOp, memories: ReadonlyMap<MemoryId, Memory>, line: ReadonlySet<MemoryId>): string {
  const by = op.cause.type === 'user'
  const name = (id: MemoryId) => `“${short(memories.get(id)?.text ?? 'something that is gone')}”`
  switch (op.type) {
    case 'add':
      return by ? `You wrote it down: “${short(op.memory.text)}”` : `Learned: “${short(op.memory.text)}”`
    case 'revise': {
      if (op.memory.id === op.memoryId) return 'Written again'
      if (!line.has(op.memory.id)) return `Replaced by “${short(op.memory.text)}”`
      if (!line.has(op.memoryId)) return by ? `You chose it over ${name(op.memoryId)}` : `Replaced ${name(op.memoryId)}`
      return by
        ? `You changed ${name(op.memoryId)} to “${short(op.memory.text)}”`
        : `Replaced ${name(op.memoryId)} by “${short(op.memory.text)}”`
    }
    case 'merge':
      return `${by ? 'You merged' : 'Merged'} ${op.memoryIds.length} that said the same`
    case 'retire':
      return `${by ? 'You took out' : 'Taken out:'} ${name(op.memoryId)}`
    case 'touch':
      return by ? 'You confirmed it' : 'Confirmed once more'
    case 'pin':
      return op.pinned ? 'You pinned it into every prompt' : 'You unpinned it'
    case 'link':
      return op.link.relation === 'contradicts' ? `May contradict ${name(op.link.to)}` : `Goes on from ${name(op.link.to)}`
    case 'keep':
      return 'You looked at it and let it stand'
    case 'forget-sources':
      return 'A conversation that it came from was deleted'
    case 'undo':
      return 'Taken back'
  }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 72 ? `${line.slice(0, 70)}…` : line
}
