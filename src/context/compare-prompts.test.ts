import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { itemsOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyTalk, talk } from '#context/testing/talk.ts'
import { cases, countWords, memoryOf } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import { comparePrompts, type ItemChange } from './compare-prompts.ts'

vi.setConfig({ testTimeout: 900_000 })

const summaryOf = (id: number, text: string) =>
  memoryOf(id, text, {
    kind: 'summary',
    covers: { conversationId: 'conv:here', from: 'msg:0', upTo: 'msg:0', messageCount: 1 },
  })
const keyOf = (change: ItemChange) => (change.type === 'left' ? change.before : change.after).item.key

describe('comparePrompts', () => {
  it('tells what entered, left, moved and was rewritten', () => {
    const about = { pathComplete: false, path: pathOf('One', 'Two', 'Three') }
    const before = assemble(
      firstPrompt({ ...about, summary: summaryOf(1, 'Old.'), candidates: [candidateOf('bees', 0.9)] }),
      countWords,
    )
    const after = assemble(
      firstPrompt({ ...about, path: pathOf('One', 'Two', 'Three', 'Four', 'Five'), summary: summaryOf(2, 'New.') }),
      countWords,
    )
    const changes = comparePrompts(before, after)
    const keysOf = (type: ItemChange['type']) => changes.filter((change) => change.type === type).map(keyOf)
    expect(keysOf('left')).toEqual(['msg:bees'])
    expect(keysOf('entered')).toEqual(['msg:3', 'msg:4'])
    expect(keysOf('rewritten')).toEqual(['mem:2'])
    // The message of the one is a turn of the other.
    expect(keysOf('moved')).toEqual(['msg:2'])
  })

  it('holds every item of both prompts once, and finds nothing between a prompt and itself', () => {
    fc.assert(
      fc.property(anyTalk, fc.nat(), fc.nat(), (world, one, other) => {
        const turns = talk(world)
        const before = turns[one % turns.length]?.manifest
        const after = turns[other % turns.length]?.manifest
        if (!before || !after) return
        const changes = comparePrompts(before, after)
        const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key).sort()
        expect(keys(changes.flatMap((change) => ('before' in change ? [change.before.item] : [])))).toEqual(keys(itemsOf(before)))
        expect(keys(changes.flatMap((change) => ('after' in change ? [change.after.item] : [])))).toEqual(keys(itemsOf(after)))
        expect(comparePrompts(after, after).every(({ type }) => type === 'kept')).toBe(true)
      }),
      { numRuns: Math.ceil(cases / 4) },
    )
  })
})
