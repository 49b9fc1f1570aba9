import { describe, expect, test } from 'vitest'
import type { Manifest, ManifestSection, SectionName } from '#context/manifest.ts'
import { windowSegments } from './window-segments.ts'

type Section = readonly [SectionName, number, ManifestSection['runs']?]

function manifest(sections: readonly Section[], cachedInputTokens: number): Manifest {
  const inputTokens = sections.reduce((sum, [, tokens]) => sum + tokens, 0)
  return {
    schema: 'longhand.manifest',
    version: 1,
    replyId: 'msg:1',
    userMessageId: 'msg:0',
    conversationId: 'conv:0',
    createdAt: 0,
    epoch: { id: 'epoch:0', reason: 'first-turn', turn: 1 },
    model: { id: 'm', name: 'M', engine: 'scripted', tokenizerId: 't' },
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 10 },
    window: { size: 1000, reserve: 100, pressure: 750 },
    mode: 'assembled',
    prompt: [],
    sections: sections.map(([name, tokens, runs]) => ({
      name,
      tokens,
      budgetTokens: tokens,
      items: [],
      ...(runs ? { runs } : {}),
    })),
    dropped: [],
    threshold: 0.45,
    predicted: { inputTokens, cachedInputTokens },
  }
}

describe('windowSegments', () => {
  const example = (cached: number) =>
    manifest(
      [
        ['instructions', 20, [{ start: 0, tokens: 20 }]],
        [
          'turns',
          100,
          [
            { start: 20, tokens: 60 },
            { start: 90, tokens: 40 },
          ],
        ],
        ['recalled', 10, [{ start: 80, tokens: 10 }]],
        ['message', 10, [{ start: 130, tokens: 10 }]],
      ],
      cached,
    )

  test('keeps the true order and sums to the prompt', () => {
    const segments = windowSegments(example(0))
    expect(segments.map(({ section, start, tokens }) => [section, start, tokens])).toEqual([
      ['instructions', 0, 20],
      ['turns', 20, 60],
      ['recalled', 80, 10],
      ['turns', 90, 40],
      ['message', 130, 10],
    ])
    expect(segments.every(({ reused }) => !reused)).toBe(true)
  })

  test('reuse is one run from the left that cuts at most one segment', () => {
    const segments = windowSegments(example(85))
    expect(segments.map(({ section, tokens, reused }) => [section, tokens, reused])).toEqual([
      ['instructions', 20, true],
      ['turns', 60, true],
      ['recalled', 5, true],
      ['recalled', 5, false],
      ['turns', 40, false],
      ['message', 10, false],
    ])
  })

  test('measured reuse replaces the prediction', () => {
    const measured: Manifest = {
      ...example(0),
      actual: {
        inputTokens: 140,
        cachedInputTokens: 20,
        outputTokens: 1,
        queueMs: 0,
        prefillMs: 1,
        decodeMs: 1,
        finishReason: 'stop',
      },
    }
    expect(windowSegments(measured).filter(({ reused }) => reused)).toEqual([
      { section: 'instructions', start: 0, tokens: 20, reused: true },
    ])
  })

  test('sections without runs are laid one after the other', () => {
    const segments = windowSegments(
      manifest(
        [
          ['instructions', 20],
          ['message', 30],
        ],
        25,
      ),
    )
    expect(segments.map(({ section, start, tokens, reused }) => [section, start, tokens, reused])).toEqual([
      ['instructions', 0, 20, true],
      ['message', 20, 5, true],
      ['message', 25, 25, false],
    ])
  })
})
