import type { Memory } from './memory.ts'

const dayMs = 86_400_000

/** Days in which a memory of strength 1 fades to 1/e. Our own figure. */
export const retentionDays = 5

/**
 * How fresh a memory is, 0…1: R = exp(−days / (τ·S)), days since it was made or last confirmed, S its strength (MemoryBank,
 * paper #118, section 3; its code divides the other way round, so that strong memories fade faster). It orders and fades,
 * and never deletes.
 */
export function retention(
  memory: Pick<Memory, 'createdAt' | 'touchedAt' | 'strength'>,
  now: number,
  days = retentionDays,
): number {
  const age = Math.max(0, now - (memory.touchedAt ?? memory.createdAt)) / dayMs
  return Math.exp(-age / (days * Math.max(1, memory.strength)))
}
