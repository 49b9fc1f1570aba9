import type { Manifest } from '#context/manifest.ts'

/**
 * Seconds that so many runs of a prompt may take, from what the recorded reply took: all of it read each time, as many tokens
 * written. An estimate; undefined where nothing was measured.
 *
 * @param share of the prompt that a run reads on average, 0…1
 */
export function estimateSeconds({ actual }: Manifest, runs: number, share: number): number | undefined {
  const read = actual ? actual.inputTokens - actual.cachedInputTokens : 0
  if (!actual || read <= 0 || actual.outputTokens === 0) return undefined
  const reading = (actual.prefillMs / read) * actual.inputTokens * share
  return (runs * (reading + actual.decodeMs)) / 1000
}
