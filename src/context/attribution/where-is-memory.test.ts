import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assemble } from '#context/assemble.ts'
import { itemsOf } from '#context/testing/check-manifest.ts'
import { firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyInput, cases, countWords, manifestOf, memoryOf } from '#context/testing/worlds.ts'
import type { MemoryId } from '#shared/ids.ts'
import { whereIsMemory } from './where-is-memory.ts'

const none: ReadonlySet<MemoryId> = new Set()

describe('whereIsMemory', () => {
  it('[C40] finds every memory that was offered: where it stands, or the line that kept it out', () => {
    fc.assert(
      fc.property(anyInput, ({ input, count }) => {
        const manifest = manifestOf(() => assemble(input, count))
        if (!manifest) return
        for (const { memory } of input.you) {
          const found = whereIsMemory({ manifest, memory, others: none })
          const stands = itemsOf(manifest).some(({ key }) => key === memory.id)
          expect(found[0]?.type).toBe(stands ? 'in-window' : 'left-out')
        }
        const unknown = memoryOf(99_999, 'Nobody said this.', { createdAt: manifest.createdAt, evidence: [] })
        expect(whereIsMemory({ manifest, memory: unknown, others: none })).toEqual([{ type: 'not-found' }])
        const later = { ...unknown, createdAt: manifest.createdAt + 1 }
        expect(whereIsMemory({ manifest, memory: later, others: none })).toEqual([{ type: 'later' }])
      }),
      { numRuns: cases },
    )
  })

  it('[C40] tells another value of it, and where its source stands as it was said', () => {
    const evidence = [{ conversationId: 'conv:here', messageId: 'msg:0', from: 0, to: 8 }] as const
    const old = memoryOf(1, 'Lives in Lisbon.')
    const next = memoryOf(2, 'Lives in Porto.', { evidence })
    const path = pathOf('I live in Porto now.', 'Noted.', 'Where do I live?')
    const manifest = assemble(
      firstPrompt({ path, memoryOn: true, you: [{ memory: old, text: old.text, why: 'known' }] }),
      countWords,
    )
    const found = whereIsMemory({ manifest, memory: next, others: new Set([old.id]) })
    expect(found.map(({ type }) => type)).toEqual(['other-version', 'source'])
  })
})
