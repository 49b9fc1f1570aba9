import { describe, expect, it } from 'vitest'
import { firstPrompt } from '#context/testing/first-prompt.ts'
import { countWords } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import { forecastMs, readingSpeed, tokensToRead } from './forecast.ts'
import type { Manifest } from './manifest.ts'

const laid = assemble(firstPrompt(), countWords)
const receipt = (createdAt: number, read: number, prefillMs: number, firstMs: number, engine = 'scripted'): Manifest => ({
  ...laid,
  createdAt,
  model: { ...laid.model, engine },
  actual: {
    inputTokens: read + 10,
    cachedInputTokens: 10,
    outputTokens: 5,
    queueMs: 7,
    prefillMs,
    decodeMs: 1,
    ttftMs: 7 + prefillMs + firstMs,
    finishReason: 'stop',
  },
})

describe('readingSpeed', () => {
  it('is all that was read over all the time that it took, and the usual wait after it', () => {
    const speed = readingSpeed([receipt(1, 100, 200, 10), receipt(2, 300, 200, 30), receipt(3, 100, 100, 20)], laid.model)
    expect(speed).toEqual({ tokensPerSecond: 1000, firstMs: 20, receipts: 3 })
    if (speed) expect(forecastMs(speed, 212)).toBe(232)
  })

  it('says nothing where nothing was measured: no receipt, another engine, too few tokens, nothing ended', () => {
    expect(readingSpeed([], laid.model)).toBeUndefined()
    expect(readingSpeed([laid, receipt(1, 31, 10, 0), receipt(1, 99, 10, 0, 'webllm')], laid.model)).toBeUndefined()
  })

  it('believes the newest twenty', () => {
    const old = Array.from({ length: 9 }, (_, at) => receipt(at, 100, 10_000, 0))
    const fresh = Array.from({ length: 20 }, (_, at) => receipt(100 + at, 100, 100, 0))
    expect(readingSpeed([...old, ...fresh], laid.model)?.tokensPerSecond).toBe(1000)
  })
})

it('what is read is what the cache does not hold', () => {
  expect(tokensToRead({ ...laid, predicted: { inputTokens: 50, cachedInputTokens: 20 } })).toBe(30)
})
