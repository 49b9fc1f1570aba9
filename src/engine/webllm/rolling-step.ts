import type { RollingWindow } from '#context/rolling-window.ts'

/**
 * How many of the next tokens one forward pass may read in a rolling window, so that each of them sees the sinks and the newest
 * before it however the text is cut: a pass ends where the window is full, the token that makes the first one roll out is read
 * alone, and no pass is longer than what rolls.
 */
export function rollingStep({ keptTokens, sinkTokens }: RollingWindow, filledTokens: number, tokens: number): number {
  if (filledTokens < keptTokens) return Math.min(tokens, keptTokens - filledTokens)
  if (filledTokens === keptTokens) return Math.min(tokens, 1)
  return Math.min(tokens, keptTokens - sinkTokens)
}
