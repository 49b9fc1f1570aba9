import type { ActualUsage } from './manifest.ts'

/** What the time to the first visible token went into, in milliseconds; the three parts sum to the total. */
export type FirstToken = {
  readonly totalMs: number
  /** Waiting for the engine, and laying the prompt. */
  readonly queueMs: number
  /** Reading what the KV cache did not hold. */
  readonly readMs: number
  /** From the last token read to the first one seen. */
  readonly firstMs: number
}

/**
 * Splits the measured time to the first token. Our clock and the engine's are read at slightly different moments: a part
 * never takes more than is left of the total. Undefined where no token came.
 */
export function firstTokenParts({ ttftMs, queueMs, prefillMs }: ActualUsage): FirstToken | undefined {
  if (ttftMs === undefined) return undefined
  const queue = Math.min(queueMs, ttftMs)
  const read = Math.min(prefillMs, ttftMs - queue)
  return { totalMs: ttftMs, queueMs: queue, readMs: read, firstMs: ttftMs - queue - read }
}
