import type { EngineErrorType } from '#ports/engine.ts'

/** A failure of the engine, with its time in milliseconds since 1970. */
export type Failure = { readonly type: EngineErrorType; readonly at: number; readonly during: 'load' | 'use' }

export type Recovery =
  /** Load again in a fresh worker after a pause, with a window of this size. */
  | { readonly type: 'load'; readonly afterMs: number; readonly windowTokens: number }
  /** It is not tried again unasked. `times`: how often the same happened; `failures`: anything at all. */
  | { readonly type: 'stop'; readonly times: number; readonly failures: number }

export type RecoveryInput = {
  /** Since a person last asked for the model, oldest first; the newest is the one to recover from. */
  readonly failures: readonly Failure[]
  /** When the GPU was last lost, where it has not been had since, also before that: milliseconds since 1970. */
  readonly lostAt?: number
  /** The window that was loaded, or being loaded. */
  readonly windowTokens: number
  /** The largest window that the planner calls safe here; absent where it cannot tell. */
  readonly safeTokens?: number
  /** A window below this is of no use. */
  readonly leastTokens: number
  /** The model runs on a server outside this device, and no person asked for it to be reached again. */
  readonly unaskedOutside: boolean
}

/** Failures are forgotten after so long. */
const memoryMs = 10 * 60_000
const mostOfOneCause = 3
const mostOfAll = 6
/** Chromium gives a page no GPU for 120 s after the GPU process crashed twice within two minutes. */
const refusalMs = 125_000

/** While loading, only what may go better the next time is tried again: a missing file or a wrong library stays so. */
const worthLoadingAgain: Readonly<Record<Failure['during'], ReadonlySet<EngineErrorType>>> = {
  load: new Set(['device-lost', 'worker-crashed', 'out-of-memory']),
  use: new Set(['device-lost', 'worker-crashed', 'out-of-memory', 'internal']),
}

/** What follows a failure of the engine. Pure: the time is that of the newest failure. */
export function decideRecovery({
  failures,
  lostAt,
  windowTokens,
  safeTokens,
  leastTokens,
  unaskedOutside,
}: RecoveryInput): Recovery {
  const newest = failures.at(-1)
  if (!newest) return { type: 'stop', times: 0, failures: 0 }
  const recent = failures.filter(({ at }) => newest.at - at < memoryMs)
  const times = recent.filter(({ type }) => type === newest.type).length
  const stop: Recovery = { type: 'stop', times, failures: recent.length }
  if (unaskedOutside || times >= mostOfOneCause || recent.length >= mostOfAll) return stop

  if (newest.type === 'no-gpu') {
    if (lostAt === undefined || newest.at - lostAt >= memoryMs) return stop
    const afterMs = times === 1 ? 2_000 : Math.max(2_000, lostAt + refusalMs - newest.at)
    return { type: 'load', afterMs, windowTokens }
  }
  if (!worthLoadingAgain[newest.during].has(newest.type)) return stop
  if (newest.type === 'out-of-memory') {
    const half = Math.floor(windowTokens / 2)
    const smaller = times === 1 || safeTokens === undefined ? half : Math.min(half, safeTokens)
    return smaller < leastTokens ? stop : { type: 'load', afterMs: 0, windowTokens: smaller }
  }
  return { type: 'load', afterMs: times === 1 ? 0 : 2_000, windowTokens }
}
