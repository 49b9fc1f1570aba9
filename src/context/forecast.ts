import { firstTokenParts } from './first-token.ts'
import type { Manifest } from './manifest.ts'

/** How fast this device reads, from receipts of the past. */
export type ReadingSpeed = {
  readonly tokensPerSecond: number
  /** From the last token read to the first one seen, in milliseconds: the median. */
  readonly firstMs: number
  /** How many receipts told it. */
  readonly receipts: number
}

/** Fewer tokens read than this say little about the speed of reading. */
const tellingTokens = 32
/** Newer receipts tell more of the device as it is now. */
const newest = 20

/**
 * The speed of reading by the newest receipts of a model on its engine; undefined where none of them read enough to tell. An
 * estimate: an idle device may read faster than a busy one.
 */
export function readingSpeed(
  receipts: readonly Manifest[],
  model: Pick<Manifest['model'], 'id' | 'engine'>,
): ReadingSpeed | undefined {
  const telling = receipts
    .filter((receipt) => receipt.model.id === model.id && receipt.model.engine === model.engine)
    .flatMap(({ actual, createdAt }) => {
      const tokens = actual ? actual.inputTokens - actual.cachedInputTokens : 0
      return actual && tokens >= tellingTokens && actual.prefillMs > 0 ? [{ actual, tokens, createdAt }] : []
    })
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, newest)
  if (telling.length === 0) return undefined
  const tokens = telling.reduce((sum, one) => sum + one.tokens, 0)
  const ms = telling.reduce((sum, { actual }) => sum + actual.prefillMs, 0)
  const waits = telling.flatMap(({ actual }) => firstTokenParts(actual)?.firstMs ?? []).sort((a, b) => a - b)
  return { tokensPerSecond: (tokens * 1000) / ms, firstMs: waits[Math.floor(waits.length / 2)] ?? 0, receipts: telling.length }
}

/** Milliseconds until the first token where `tokens` are read: an estimate, without waiting for the engine. */
export function forecastMs({ tokensPerSecond, firstMs }: ReadingSpeed, tokens: number): number {
  return (tokens * 1000) / tokensPerSecond + firstMs
}

/** Tokens of a plan that the KV cache does not hold. */
export function tokensToRead({ predicted }: Manifest): number {
  return predicted.inputTokens - predicted.cachedInputTokens
}
