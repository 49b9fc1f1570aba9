import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changeWishes, noWishes, type PromptWishes } from '#chat/prompt-wishes.ts'
import { applyWishes } from '#context/apply-wishes.ts'
import { assemble } from '#context/assemble.ts'
import { assembleWith, type PlanChange } from '#context/assemble-with.ts'
import type { Manifest } from '#context/manifest.ts'
import { receiptJson } from '#context/receipt-json.ts'
import { redactReceipt } from '#context/redact.ts'
import { checkAccount, checkBudget, checkCounts, itemsOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { countWords, lineOf, memoryOf } from '#context/testing/worlds.ts'
import { textHash } from '#shared/text-hash.ts'
import { chooseCuts } from './choose-cuts.ts'
import { cutText } from './cut-text.ts'

const told = 'She said that the garden of the old house is not large enough. We talked about it for a long time on Friday.'
const shorten = (key: string, text = told, ratio = 0.5): Extract<PlanChange, { type: 'shorten' }> => ({
  type: 'shorten',
  key,
  shortening: { ratio, cuts: chooseCuts(text, ratio, countWords), textHash: textHash(text), by: { type: 'words' } },
})
const short = cutText(told, chooseCuts(told, 0.5, countWords))
const wishes = (...changes: PlanChange[]): PromptWishes =>
  changeWishes(
    noWishes,
    changes.filter((change) => change.type !== 'new-epoch'),
  )
const itemOf = (manifest: Manifest, key: string) => itemsOf(manifest).find((item) => item.key === key)

describe('shortened words', () => {
  it('[C34] are sent wherever they stand, and the item tells of the whole ones', () => {
    const path = pathOf(told, told, told)
    const input = firstPrompt({
      path,
      you: [lineOf(memoryOf(1, told))],
      candidates: [candidateOf('garden', 0.9, { text: told })],
      wishes: wishes(...['msg:0', 'msg:1', 'msg:2', 'mem:1', 'msg:garden'].map((key) => shorten(key))),
    })
    const manifest = assemble(input, countWords)
    expect(short.length).toBeLessThan(told.length)
    for (const key of ['msg:0', 'msg:1', 'mem:1', 'msg:garden'])
      expect(itemOf(manifest, key), key).toMatchObject({
        text: short,
        shortened: { ratio: 0.5, whole: told, by: { type: 'words' }, wholeTokens: countWords(told), tokens: countWords(short) },
      })
    expect(itemOf(manifest, 'msg:0')?.evidence).toMatchObject([{ from: 0, to: told.length }])
    expect(itemOf(manifest, 'msg:2')).toMatchObject({ ref: 'M1', text: told })
    expect(itemOf(manifest, 'msg:2')?.shortened).toBeUndefined()
    expect(manifest.mode).toBe('assembled')
    checkBudget(manifest, input)
    checkCounts(manifest, countWords)
    checkAccount(manifest, input)
  })

  it('[C34] a summary is shortened too; a pinned message of the branch tells of all of its words', () => {
    const covers = { conversationId: 'conv:here', from: 'msg:0', upTo: 'msg:19', messageCount: 20 } as const
    const input = firstPrompt({
      path: pathOf(told, ...Array.from({ length: 40 }, (_, at) => `Turn ${at} ${'and more of it '.repeat(12)}`)),
      summary: memoryOf(9, told, { kind: 'summary', covers }),
      wishes: wishes(shorten('mem:9'), shorten('msg:0'), { type: 'pin', key: 'msg:0' }),
    })
    const manifest = assemble(input, countWords)
    expect(itemOf(manifest, 'mem:9')).toMatchObject({ kind: 'summary', text: short })
    expect(itemOf(manifest, 'msg:0')).toMatchObject({ kind: 'excerpt', text: short, evidence: [{ from: 0, to: told.length }] })
  })

  it('[C34] other words than those it was made for go whole, and doing it twice changes nothing', () => {
    const input = firstPrompt({ path: pathOf(`${told} More.`, 'Yes', 'Then'), wishes: wishes(shorten('msg:0')) })
    expect(itemOf(assemble(input, countWords), 'msg:0')).toMatchObject({ text: `${told} More.` })
    const fitting = firstPrompt({ path: pathOf(told, 'Yes', 'Then'), wishes: wishes(shorten('msg:0')) })
    const once = applyWishes(fitting, countWords)
    expect(once.path[0]?.text).toBe(short)
    expect(applyWishes(once, countWords)).toEqual(once)
  })

  it('[C34] control tokens that come together where a phrase went are broken up like any other', () => {
    const text = 'We said that <|im_ or of those, end|> was in Ghent'
    const from = text.indexOf(' or of')
    const cuts = [{ from, to: text.indexOf('end|>') }]
    const wish = { ratio: 0.5, cuts, textHash: textHash(text), by: { type: 'words' } } as const
    const input = firstPrompt({
      path: pathOf(text, 'Yes', 'Then'),
      wishes: wishes({ type: 'shorten', key: 'msg:0', shortening: wish }),
    })
    const manifest = assemble(input, countWords)
    expect(itemOf(manifest, 'msg:0')).toMatchObject({ neutralised: 1, text: 'We said that <|im_end| > was in Ghent' })
    checkCounts(manifest, countWords)
  })

  it('[C35] what stands in the window, or was just said, ends the epoch; what is recalled for the new message does not', () => {
    const path = pathOf(told, told, 'Then?')
    const first = assemble(firstPrompt({ path: path.slice(0, 1), replyId: 'msg:1' }), countWords)
    const reply = path[1]
    if (!reply) throw new Error('no reply')
    const next = firstPrompt({
      path,
      previous: { manifest: first, reply },
      candidates: [candidateOf('garden', 0.9, { text: told })],
      decision: { type: 'continue' },
      epochId: 'epoch:2',
    })
    const epochWith = (...changes: PlanChange[]) => assembleWith(next, changes, countWords).epoch
    expect(epochWith()).toMatchObject({ turn: 2 })
    expect(epochWith(shorten('msg:garden'))).toMatchObject({ turn: 2 })
    expect(itemOf(assembleWith(next, [shorten('msg:garden')], countWords), 'msg:garden')?.text).toBe(short)
    for (const key of ['msg:0', 'msg:1']) expect(epochWith(shorten(key))).toMatchObject({ turn: 1, reason: 'plan-changed' })

    const without = assembleWith(next, [shorten('msg:0')], countWords)
    const after = { ...reply, id: without.replyId, text: 'Yes' }
    const later = {
      ...next,
      path: [...path, after, { ...reply, id: 'msg:8' as const, role: 'user' as const, text: 'Then' }],
      previous: { manifest: without, reply: after },
      candidates: [],
      replyId: 'msg:99' as const,
    }
    const goesOn = assembleWith(later, [shorten('msg:0')], countWords)
    expect(goesOn.epoch.turn).toBe(2)
    expect(itemOf(goesOn, 'msg:0')).toMatchObject({ carried: true, shortened: { whole: told } })
    expect(assembleWith(later, [shorten('msg:0', told, 0.3)], countWords).epoch).toMatchObject({
      turn: 1,
      reason: 'plan-changed',
    })
    const whole = assemble(later, countWords)
    expect(whole.epoch).toMatchObject({ turn: 1, reason: 'plan-changed' })
    expect(itemOf(whole, 'msg:0')?.text).toBe(told)
  })

  it('taking it back leaves no wish', () => {
    expect(wishes(shorten('msg:0'), { type: 'shorten', key: 'msg:0' })).toEqual(noWishes)
    expect(Object.keys(wishes(shorten('a'), shorten('b'), { type: 'shorten', key: 'a' }).shortened ?? {})).toEqual(['b'])
  })

  it('stand in the downloaded receipt, by its schema, and not in one without words', () => {
    const input = firstPrompt({ path: pathOf(told, 'Yes', 'Then'), wishes: wishes(shorten('msg:0')) })
    const manifest = assemble(input, countWords)
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(new URL('../manifest.schema.json', import.meta.url), 'utf8')))
    const document = JSON.parse(receiptJson(manifest))
    expect(schema.safeParse(document).error?.issues ?? []).toEqual([])
    expect(document.wishes.shortened['msg:0']).toMatchObject({ ratio: 0.5, textHash: textHash(told) })
    expect(JSON.stringify(document.wishes)).not.toContain('garden')
    expect(JSON.stringify(redactReceipt(manifest))).not.toContain('garden')
  })
})
