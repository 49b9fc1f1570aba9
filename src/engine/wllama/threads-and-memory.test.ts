import { describe, expect, it } from 'vitest'
import type { ModelBuild } from '#ports/model.ts'
import { lostShare } from './lost-share.ts'
import { mayExpand } from './may-expand.ts'
import { createPromptMemory } from './prompt-memory.ts'

describe('lost share', () => {
  it('is nothing for a loop that ran all the time', () => {
    expect(lostShare(Array.from({ length: 1000 }, (_, i) => i * 0.1))).toBe(0)
    expect(lostShare([])).toBe(0)
    expect(lostShare([5])).toBe(0)
  })

  it('is the part of the time that the loop was kept waiting', () => {
    expect(lostShare([0, 0.5, 1, 4, 4.5, 5, 10])).toBeCloseTo(0.8)
  })
})

describe('expanding', () => {
  const build: ModelBuild = {
    downloadBytes: 0,
    weightBytes: 4.57e8,
    kvBytesPerToken: 23_040,
    workingBytes: 2e8,
    needsF16: false,
    files: [],
  }
  it('is done where the engine takes a quarter of the memory at most, or nothing is known', () => {
    expect(mayExpand(build, 4096, 8)).toBe(true)
    expect(mayExpand(build, 4096, 2)).toBe(false)
    expect(mayExpand(build, 100_000, 8)).toBe(false)
    expect(mayExpand(build, 100_000, undefined)).toBe(true)
  })
})

describe('prompt memory', () => {
  it('counts only prompts that push another aside', () => {
    const memory = createPromptMemory(2 ** 20)
    memory.note({ inputTokens: 500, cachedInputTokens: 0, outputTokens: 100 })
    memory.note({ inputTokens: 700, cachedInputTokens: 600, outputTokens: 100 })
    expect(memory.isFull()).toBe(false)
    memory.note({ inputTokens: 300, cachedInputTokens: 20, outputTokens: 10 })
    expect(memory.isFull()).toBe(false)
    memory.note({ inputTokens: 500, cachedInputTokens: 20, outputTokens: 10 })
    expect(memory.isFull()).toBe(true)
  })

  it('[E39] holds no conversation after a prompt that was read afresh', () => {
    const memory = createPromptMemory(1)
    memory.note({ inputTokens: 500, cachedInputTokens: 0, outputTokens: 100 }, 'one')
    memory.note({ inputTokens: 300, cachedInputTokens: 0, outputTokens: 10 }, 'two')
    expect(memory.held()).toEqual(['one', 'two'])
    memory.note({ inputTokens: 300, cachedInputTokens: 0, outputTokens: 10, fresh: true })
    expect(memory.held()).toEqual([])
  })
})
