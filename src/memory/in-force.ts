import type { Memory } from './memory.ts'

/** Whether a memory holds at a time: nobody took it out, nothing newer took its place, and its validity is not over. */
export function inForce(memory: Memory, now: number): boolean {
  return !memory.retired && memory.replacedBy === undefined && (memory.validUntil === undefined || memory.validUntil > now)
}
