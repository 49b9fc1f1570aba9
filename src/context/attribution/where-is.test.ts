import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assemble } from '#context/assemble.ts'
import { itemsOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyInput, cases, countWords, manifestOf, memoryOf } from '#context/testing/worlds.ts'
import type { Memory } from '#memory/memory.ts'
import { whereIs } from './where-is.ts'

const nothing = () => undefined

describe('whereIs', () => {
  it('[C33] finds every message of a prompt where it stands, and every candidate that was left out with its reason', () => {
    fc.assert(
      fc.property(anyInput, ({ input, count }) => {
        const manifest = manifestOf(() => assemble(input, count))
        if (!manifest) return
        const path = input.path.map(({ id }) => id)
        for (const item of itemsOf(manifest).slice(-20)) {
          if (!item.messageId) continue
          const found = whereIs({ manifest, messageId: item.messageId, path, memoryOf: nothing })
          expect(found.some((one) => one.type === 'in-window' && one.item.ref === item.ref)).toBe(true)
        }
        for (const item of manifest.dropped.slice(0, 20)) {
          if (!item.messageId) continue
          const found = whereIs({ manifest, messageId: item.messageId, path, memoryOf: nothing })
          expect(found.some((one) => one.type === 'left-out' && one.item === item)).toBe(true)
        }
        expect(whereIs({ manifest, messageId: 'msg:nowhere', path, memoryOf: nothing })).toEqual([{ type: 'not-found' }])
      }),
      { numRuns: cases },
    )
  })

  it('[C33] tells the sentences of the summary that come from it, and where the summary covers it without one', () => {
    const path = pathOf(...Array.from({ length: 41 }, (_, index) => `Number ${index} of a long walk by the river.`))
    const evidence = [{ conversationId: 'conv:here', messageId: 'msg:2', from: 0, to: 8 }] as const
    const covers = { conversationId: 'conv:here', from: 'msg:0', upTo: 'msg:29', messageCount: 30 } as const
    const sentences = [{ text: 'They walked.', evidence }]
    const summary: Memory = memoryOf(1, 'They walked.', { kind: 'summary', covers, sentences, evidence })
    const manifest = assemble(firstPrompt({ path, summary, windowTokens: 400 }), countWords)
    const where = (messageId: `msg:${string}`) =>
      whereIs({
        manifest,
        messageId,
        path: path.map(({ id }) => id),
        memoryOf: (id) => (id === summary.id ? summary : undefined),
      })
    expect(where('msg:2')[0]).toMatchObject({ type: 'told', section: 'summary', sentences })
    expect(where('msg:4')[0]).toMatchObject({ type: 'covered' })
    expect(where('msg:40')[0]).toMatchObject({ type: 'in-window', section: 'message' })
  })

  it('[C33] names the score and the line that a candidate missed', () => {
    const manifest = assemble(firstPrompt({ candidates: [candidateOf('far', 0.2)] }), countWords)
    expect(whereIs({ manifest, messageId: 'msg:far', path: [], memoryOf: nothing })).toMatchObject([
      { type: 'left-out', item: { reason: { type: 'below-threshold', score: 0.2, threshold: 0.45 } } },
    ])
  })
})
