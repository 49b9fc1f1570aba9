import type { Run } from './manifest.ts'

/**
 * A window that rolls: of all that was read the KV cache keeps the first `sinkTokens` and the newest, `keptTokens` together
 * (attention sinks: Xiao et al. 2023, arXiv 2309.17453; SinkLoRA: Zhang 2024).
 */
export type RollingWindow = { readonly keptTokens: number; readonly sinkTokens: number }

/** The stretch that rolled out of the cache when so many tokens had been read; undefined where all of them are kept. */
export function rolledOut({ keptTokens, sinkTokens }: RollingWindow, readTokens: number): Run | undefined {
  const tokens = readTokens - keptTokens
  return tokens > 0 ? { start: sinkTokens, tokens } : undefined
}

/** How many tokens two stretches have in common. */
export function sharedTokens(one: Run, other: Run): number {
  return Math.max(0, Math.min(one.start + one.tokens, other.start + other.tokens) - Math.max(one.start, other.start))
}
