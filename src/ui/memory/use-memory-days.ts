import { useDeferredValue, useMemo } from 'react'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import { memoryAsOf } from '#memory/reduce-memory.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

const dayMs = 86_400_000

/** The end of the day, by this device's clock, that lies so many days before a time. */
export function endOfDay(now: number, daysBefore: number): number {
  const today = new Date(now)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysBefore + 1).getTime() - 1
}

/** How many days before a time the first change of memory was; undefined where there is none to go back to. */
export function daysBack(ops: readonly MemoryOp[], now: number): number | undefined {
  const first = ops[0]?.at
  if (first === undefined) return undefined
  for (let days = Math.floor((now - first) / dayMs) + 1; days > 0; days--) if (endOfDay(now, days) >= first) return days
  return undefined
}

/** Memory as it was at the end of a day, or as it is. */
export function useMemoryAt(at: number | undefined): readonly Memory[] {
  const memories = useLonghand((state) => state.memories)
  const ops = useLonghand((state) => state.memoryOps)
  const settled = useDeferredValue(at)
  return useMemo(() => (settled === undefined ? memories : [...memoryAsOf(ops, settled).values()]), [memories, ops, settled])
}
