import type { LonghandState } from '#runtime/state.ts'

/** Tokens a second that a model wrote: of the reply on its way, else of its newest receipt at hand; absent until measured. */
export function writingSpeed(state: LonghandState, modelId: string): number | undefined {
  for (const reply of Object.values(state.live))
    if (reply.modelId === modelId && reply.tokensPerSecond !== undefined) return reply.tokensPerSecond
  let newest = Number.NEGATIVE_INFINITY
  let speed: number | undefined
  for (const manifest of Object.values(state.manifests)) {
    if (manifest === 'missing' || manifest.model.id !== modelId || manifest.createdAt <= newest) continue
    const { outputTokens = 0, decodeMs = 0 } = manifest.actual ?? {}
    if (outputTokens < 8 || decodeMs <= 0) continue
    newest = manifest.createdAt
    speed = (outputTokens * 1000) / decodeMs
  }
  return speed
}
