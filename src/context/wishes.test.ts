import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { changeWishes, noWishes, type WishChange } from '#chat/prompt-wishes.ts'
import { checkAccount, checkBudget, checkCounts, itemsOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyTalk, talk } from '#context/testing/talk.ts'
import { cases, countWords, lineOf, memoryOf, tokenizers } from '#context/testing/worlds.ts'
import { applyWishes } from './apply-wishes.ts'
import { assemble } from './assemble.ts'
import { assembleWith } from './assemble-with.ts'
import { bringIn, holds } from './bring-in.ts'
import type { Manifest } from './manifest.ts'

vi.setConfig({ testTimeout: 900_000 })

const wishes = (...changes: WishChange[]) => changeWishes(noWishes, changes)
const whyOut = (manifest: Manifest, key: string) => manifest.dropped.find((item) => item.key === key)?.reason.type
const itemOf = (manifest: Manifest, key: string) => itemsOf(manifest).find((item) => item.key === key)

describe('wishes', () => {
  it('[C19] what is hidden stays out, whatever it is, and is told; the newest message never is', () => {
    const input = firstPrompt({
      path: pathOf('One', 'Two', 'Three', 'Four', 'Five'),
      you: [lineOf(memoryOf(1, 'Lives in Ghent'))],
      candidates: [candidateOf('garden', 0.9)],
      wishes: wishes(...['msg:1', 'mem:1', 'msg:garden', 'msg:4'].map((key) => ({ type: 'hide', key }) as const)),
    })
    const manifest = assemble(input, countWords)
    for (const key of ['msg:1', 'mem:1', 'msg:garden']) {
      expect(itemOf(manifest, key)).toBeUndefined()
      expect(whyOut(manifest, key)).toBe('hidden')
    }
    expect(itemOf(manifest, 'msg:4')?.ref).toBe('M1')
    expect(manifest.mode).toBe('assembled')
    checkAccount(manifest, input)
  })

  it('[C20] what is pinned enters before others, below the threshold and above its section’s share', () => {
    const candidates = [candidateOf('best', 0.9), candidateOf('low', 0.1, { text: 'word '.repeat(60) })]
    const bare = firstPrompt({ candidates, windowTokens: 512 })
    expect(whyOut(assemble(bare, countWords), 'msg:low')).toBe('below-threshold')
    const manifest = assembleWith(bare, [{ type: 'pin', key: 'msg:low' }], countWords)
    expect(itemOf(manifest, 'msg:low')).toMatchObject({ why: 'you pinned it for this chat' })
    checkBudget(manifest, bare)
    checkCounts(manifest, countWords)
  })

  it('[C20] a message of the branch that has no room as a turn is pinned in its own words', () => {
    const input = firstPrompt({
      path: pathOf(...Array.from({ length: 41 }, (_, at) => `Turn ${at} ${'and more of it '.repeat(12)}`)),
      wishes: wishes({ type: 'pin', key: 'msg:2' }),
    })
    const manifest = assemble(input, countWords)
    expect(itemOf(manifest, 'msg:2')?.ref).toMatch(/^R/)
    checkAccount(manifest, applyWishes(input, countWords))
  })

  it('[C21] budgets bound their sections', () => {
    const input = firstPrompt({
      path: pathOf(...Array.from({ length: 41 }, (_, at) => `Turn ${at} ${'and more of it '.repeat(3)}`)),
      candidates: [candidateOf('garden', 0.9)],
      windowTokens: 4096,
      wishes: wishes({ type: 'budget', section: 'turns', tokens: 100 }, { type: 'budget', section: 'recalled', tokens: 0 }),
    })
    const { sections } = assemble(input, countWords)
    const tokens = (name: string) => sections.find((section) => section.name === name)?.tokens
    expect(tokens('turns')).toBeGreaterThan(50)
    expect(tokens('turns')).toBeLessThanOrEqual(100)
    expect(tokens('recalled')).toBe(0)
  })

  it('[C22] hiding what stands in the prompt, showing it again and other budgets of the head begin a new epoch; a pin does not', () => {
    const path = pathOf('One', 'Two', 'Three')
    const first = assemble(firstPrompt({ path: path.slice(0, 1), replyId: 'msg:1' }), countWords)
    const reply = path[1]
    if (!reply) throw new Error('no reply')
    const next = firstPrompt({ path, previous: { manifest: first, reply }, decision: { type: 'continue' }, epochId: 'epoch:2' })
    const reasonWith = (change: WishChange) => assembleWith(next, [change], countWords).epoch
    expect(reasonWith({ type: 'pin', key: 'msg:9' })).toMatchObject({ turn: 2 })
    expect(reasonWith({ type: 'budget', section: 'recalled', tokens: 50 })).toMatchObject({ turn: 2 })
    expect(reasonWith({ type: 'hide', key: 'msg:0' })).toMatchObject({ turn: 1, reason: 'plan-changed' })
    expect(reasonWith({ type: 'hide', key: 'msg:1' })).toMatchObject({ turn: 1, reason: 'plan-changed' })
    expect(reasonWith({ type: 'budget', section: 'turns', tokens: 50 })).toMatchObject({ turn: 1, reason: 'plan-changed' })
    const without = assembleWith(next, [{ type: 'hide', key: 'msg:0' }], countWords)
    const after = { ...reply, id: without.replyId, text: 'Yes' }
    const later = {
      ...next,
      path: [...path, after, { ...reply, id: 'msg:8' as const, role: 'user' as const, text: 'Then' }],
      previous: { manifest: without, reply: after },
      replyId: 'msg:99' as const,
    }
    expect(assembleWith(later, [{ type: 'hide', key: 'msg:0' }], countWords).epoch.turn).toBe(2)
    expect(assemble(later, countWords).epoch).toMatchObject({ turn: 1, reason: 'plan-changed' })
  })

  it('taking back every change leaves no wish', () => {
    const all = wishes(
      { type: 'hide', key: 'a' },
      { type: 'pin', key: 'a' },
      { type: 'budget', section: 'you', tokens: 9 },
      { type: 'budget', section: 'you' },
      { type: 'unpin', key: 'a' },
    )
    expect(all).toEqual(noWishes)
  })
})

describe('bringIn', () => {
  it('names the room that is missing, the pin and the weight', () => {
    const candidates = [
      candidateOf('best', 0.9),
      candidateOf('long', 0.8, { text: 'word '.repeat(260) }),
      candidateOf('low', 0.4),
    ]
    const input = firstPrompt({ candidates })
    const manifest = assemble(input, countWords)
    const remedies = (key: string) =>
      manifest.dropped.filter((item) => item.key === key).flatMap((item) => bringIn(input, manifest, item, countWords))
    const [budget, pin] = remedies('msg:long')
    expect(budget?.changes).toMatchObject([{ type: 'budget', section: 'recalled' }])
    expect(pin?.changes).toEqual([{ type: 'pin', key: 'msg:long' }])
    const [change] = budget?.changes ?? []
    if (change?.type === 'budget')
      expect(holds(assembleWith(input, [{ ...change, tokens: (change.tokens ?? 0) - 1 }], countWords), 'msg:long')).toBe(false)
    expect(remedies('msg:low').map(({ changes }) => changes)).toEqual([
      [{ type: 'weight', part: 'bm25', weight: 1.13 }],
      [{ type: 'pin', key: 'msg:low' }],
    ])
  })

  it('[C23] everything that it names enters when it is done, and the prompt keeps every rule', () => {
    let asked = 0
    let named = 0
    const kinds = new Set<string>()
    fc.assert(
      fc.property(anyTalk, fc.nat(), (world, pick) => {
        const count = tokenizers[world.tokenizer]
        const turns = talk(world)
        const turn = turns[pick % turns.length]
        if (!turn) return
        const { input, manifest } = turn
        for (const item of manifest.dropped.slice(0, 4)) {
          asked++
          for (const { changes } of bringIn(input, manifest, item, count)) {
            const made = assembleWith(input, changes, count)
            expect(holds(made, item.key), JSON.stringify(changes)).toBe(true)
            checkBudget(made, input)
            checkCounts(made, count)
            for (const { type } of changes) kinds.add(type)
            named++
          }
        }
      }),
      { numRuns: Math.ceil(cases / 4) },
    )
    expect(named).toBeGreaterThan(asked / 20)
    expect([...kinds].sort()).toEqual(['budget', 'new-epoch', 'pin', 'show', 'weight'])
  })
})
