import { describe, expect, it } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import { explainDifference } from './explain-difference.ts'

const usage = {
  inputTokens: 60,
  cachedInputTokens: 20,
  outputTokens: 5,
  prefillMs: 1,
  decodeMs: 1,
  finishReason: 'stop' as const,
}
const manifest = {
  model: { id: 'm', name: 'Model', engine: 'wllama', tokenizerId: 't' },
  sampling: { seed: 7 },
  window: { size: 1000, reserve: 100, pressure: 750 },
  actual: { ...usage, queueMs: 1 },
} as unknown as Manifest
const again = {
  type: 'done',
  text: 'Ada keeps hens',
  usage,
  modelId: 'm',
  engine: 'wllama',
  windowTokens: 1000,
  seed: 7,
} as const

describe('explainDifference', () => {
  it.each([
    [{ text: 'Ada keeps bees' }, /same, letter for letter/],
    [{ modelId: 'other' }, /67.*another model’s: the recorded one was Model/],
    [{ seed: 8 }, /another seed, 8; the recorded one with 7/],
    [{ engine: 'webllm' as const }, /another engine, webllm/],
    [{ windowTokens: 512 }, /1,000 tokens then, 512 now/],
    [{ usage: { ...usage, cachedInputTokens: 0 } }, /20 tokens came from the cache, now 0/],
    [{}, /does not repeat itself/],
  ])('names what differs: %j', (change, words) => {
    expect(explainDifference(manifest, 'Ada keeps bees', { ...again, ...change }, false)).toMatch(words)
  })

  it('does not wonder where the prompt was changed', () => {
    expect(explainDifference(manifest, 'Ada keeps bees', again, true)).toBe('The reply is 67 % alike in its words.')
  })
})
