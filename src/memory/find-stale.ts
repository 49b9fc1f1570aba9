import { dateRange } from './date-range.ts'
import { inForce } from './in-force.ts'
import type { Memory } from './memory.ts'

const dayMs = 86_400_000
/** A fact that ended so long ago is hardly asked for, and costs a place among the others. */
const longPastDays = 365
/** A loop without a date that nobody came back to. */
const quietLoopDays = 90

/** Why a memory is stale: its validity ended long ago, the time of an open loop is over, or nobody came back to it. */
export type Stale = { readonly reason: 'ended' | 'due' | 'quiet'; readonly since: number }

/**
 * Whether a memory has outlived its time (rule M45). The time of a loop is its `validUntil`, or the date that its words
 * name, the next such date after it was said.
 */
export function staleness(memory: Memory, now: number): Stale | undefined {
  if (memory.retired || memory.replacedBy !== undefined) return undefined
  const { validUntil } = memory
  if (memory.kind === 'loop') {
    const due = validUntil ?? dueTime(memory)
    if (due !== undefined) return due <= now ? { reason: 'due', since: due } : undefined
    const since = Math.max(memory.validFrom, memory.createdAt)
    return inForce(memory, now) && now - since > quietLoopDays * dayMs ? { reason: 'quiet', since } : undefined
  }
  return validUntil !== undefined && now - validUntil > longPastDays * dayMs ? { reason: 'ended', since: validUntil } : undefined
}

/** The end of the day that a loop names. Dates are read as the last such day, so one without its year is looked for ahead. */
function dueTime(memory: Memory): number | undefined {
  const said = memory.validFrom
  const named = dateRange(memory.text, said)
  if (!named) return undefined
  if (named.to > said) return named.to
  // "Yesterday" moves with the day it is read on; a date of the calendar does not.
  if (dateRange(memory.text, said + dayMs)?.from !== named.from) return undefined
  const ahead = dateRange(memory.text, said + 364 * dayMs)
  return ahead && ahead.to > said ? ahead.to : undefined
}
