import type { Model } from '#ports/model.ts'

/** A window worth the name for long texts, and what it may cost at most. */
const LONG_TOKENS = 32_768
const LONG_BYTES = 4e9

/** Whether a model was trained for long texts and its window for one costs no more than a common GPU has. */
export function readsLong(model: Model): boolean {
  const costs = Object.values(model.builds).map((build) => build.kvBytesPerToken)
  return model.contextLength >= LONG_TOKENS && Math.min(...costs) * LONG_TOKENS <= LONG_BYTES
}

/** What a model is good for in Longhand, by rules: "chat, memory, long texts". */
export function goodFor(model: Model): string {
  return ['chat', ...(model.writesMemory ? ['memory'] : []), ...(readsLong(model) ? ['long texts'] : [])].join(', ')
}
