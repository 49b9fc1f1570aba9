import { expect, test } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import { phaseWords } from './phase-words.ts'
import { quietWords } from './quiet-words.ts'

const manifest = {
  window: { size: 8192, reserve: 1024, pressure: 6144 },
  sections: [
    { name: 'recalled', tokens: 199, budgetTokens: 240, items: [{}, {}, {}, {}] },
    { name: 'turns', tokens: 4401, budgetTokens: 5000, items: [{}] },
  ],
  predicted: { inputTokens: 4600, cachedInputTokens: 3956 },
} as unknown as Manifest

test('the quiet line says what was measured', () => {
  const actual = {
    inputTokens: 4600,
    cachedInputTokens: 3956,
    outputTokens: 9,
    queueMs: 0,
    prefillMs: 1,
    decodeMs: 1,
    ttftMs: 612,
    finishReason: 'stop',
  } as const
  expect(quietWords({ ...manifest, actual })).toBe('4,600 of 8,192 tokens · 4 memories · 86 % reused · 0.6 s to first word')
})

test('what was not measured is an estimate or left out', () => {
  expect(quietWords(manifest)).toBe('≈ 4,600 of 8,192 tokens · 4 memories')
})

test('a reply on its way says what it is doing', () => {
  const live = {
    replyId: 'msg:1',
    conversationId: 'conv:0',
    parentId: 'msg:0',
    text: '',
    modelId: 'm',
    startedAt: 0,
    outputTokens: 0,
  } as const
  expect(phaseWords({ ...live, phase: 'reading', readTokens: 212, totalTokens: 640 })).toBe('Reading 212 of 640 tokens')
  expect(phaseWords({ ...live, phase: 'writing', tokensPerSecond: 31.2 })).toBe('Writing · 31 tokens a second')
})
