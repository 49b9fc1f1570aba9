import { expect, it } from 'vitest'
import { firstTokenParts } from './first-token.ts'

const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 1, decodeMs: 0, finishReason: 'stop' } as const

it.each([
  ['queue, read and the rest', { queueMs: 100, prefillMs: 400, ttftMs: 620 }, [100, 400, 120]],
  ['an engine whose clock ran longer than ours', { queueMs: 100, prefillMs: 900, ttftMs: 620 }, [100, 520, 0]],
  ['a first token before the queue was noted', { queueMs: 700, prefillMs: 900, ttftMs: 620 }, [620, 0, 0]],
])('splits the time to the first token: %s', (_name, times, parts) => {
  const split = firstTokenParts({ ...usage, ...times })
  expect([split?.queueMs, split?.readMs, split?.firstMs]).toEqual(parts)
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(split?.totalMs)
})

it('no token, no time', () => {
  expect(firstTokenParts({ ...usage, queueMs: 1, prefillMs: 1 })).toBeUndefined()
})
