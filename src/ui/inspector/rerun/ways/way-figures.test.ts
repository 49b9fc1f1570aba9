import { describe, expect, it } from 'vitest'
import { compareWays } from './way-figures.ts'

const usage = (inputTokens: number, cachedInputTokens: number, prefillMs: number) => ({
  finishReason: 'stop' as const,
  inputTokens,
  cachedInputTokens,
  outputTokens: 10,
  prefillMs,
  decodeMs: 500,
})

describe('figures of three ways', () => {
  it('are those that were measured where nothing was reused', () => {
    const { figures } = compareWays([usage(2000, 0, 60_000), usage(800, 0, 20_000)])
    expect(figures.map(({ readMs, estimated }) => [readMs, estimated])).toEqual([
      [60_000, false],
      [20_000, false],
    ])
  })

  it('add what the reused part would have taken at the speed of what was read, and call that an estimate', () => {
    const { figures, tokensPerSecond } = compareWays([usage(2000, 0, 50_000), usage(801, 800, 70)])
    expect(tokensPerSecond).toBe(40)
    const [whole, memory] = figures
    expect(whole?.estimated).toBe(false)
    expect(memory).toMatchObject({ promptTokens: 801, reusedTokens: 800, readMs: 70 + 800 * 25, estimated: true })
  })

  it('name no time where part was reused and too little was read to tell a speed', () => {
    const { figures, tokensPerSecond } = compareWays([usage(801, 800, 70), usage(400, 399, 60)])
    expect(tokensPerSecond).toBeUndefined()
    expect(figures.map(({ readMs }) => readMs)).toEqual([undefined, undefined])
  })
})
