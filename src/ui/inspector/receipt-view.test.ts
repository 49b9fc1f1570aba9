import { describe, expect, test } from 'vitest'
import type { DroppedItem, DropReason, Manifest, ManifestItem } from '#context/manifest.ts'
import { countAgreement } from './count-agreement.ts'
import { itemReuse, joinReuse } from './item-reuse.ts'
import { nearness, orderDropped } from './order-dropped.ts'
import { promptRuns } from './prompt-runs.ts'
import { receiptFileName } from './receipt-file.ts'
import { samplingRows, usageRows } from './usage-rows.ts'

const actual = {
  inputTokens: 100,
  cachedInputTokens: 60,
  outputTokens: 50,
  queueMs: 0,
  prefillMs: 400,
  decodeMs: 2000,
  finishReason: 'stop',
} as const

function item(ref: string, part: number, from: number, to: number): ManifestItem {
  return { ref, kind: 'message', key: ref, text: ref, tokens: 1, start: 0, part, from, to, evidence: [], why: 'everything fits' }
}

function manifest(change: Partial<Manifest> = {}): Manifest {
  return {
    schema: 'longhand.manifest',
    version: 1,
    replyId: 'msg:1',
    userMessageId: 'msg:0',
    conversationId: 'conv:0',
    createdAt: new Date(2026, 6, 4, 9, 5, 7).getTime(),
    epoch: { id: 'epoch:0', reason: 'first-turn', turn: 1 },
    model: { id: 'm', name: 'M', engine: 'scripted', tokenizerId: 't' },
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 10 },
    window: { size: 1000, reserve: 100, pressure: 750 },
    mode: 'assembled',
    prompt: [{ role: 'user', text: '<u>one two</u>' }],
    sections: [{ name: 'message', tokens: 100, budgetTokens: 100, items: [item('M2', 0, 7, 10), item('M1', 0, 3, 6)] }],
    dropped: [],
    threshold: 0.45,
    predicted: { inputTokens: 100, cachedInputTokens: 60 },
    ...change,
  }
}

describe('countAgreement', () => {
  test('says nothing of agreement before the engine reported', () => {
    expect(countAgreement(manifest()).type).toBe('not-reported')
  })
  test('agrees only on the exact count', () => {
    expect(countAgreement(manifest({ actual })).text).toBe('counted by the model')
    const more = countAgreement(manifest({ actual: { ...actual, inputTokens: 101 } }))
    expect(more.type).toBe('differs')
    expect(more.text).toContain('1 token more than the 100')
    expect(countAgreement(manifest({ actual: { ...actual, inputTokens: 97 } })).text).toContain('3 tokens fewer')
  })
})

describe('itemReuse', () => {
  test('is a matter of the prefix that the cache held', () => {
    expect(itemReuse({ start: 10, tokens: 10 }, 20)).toBe('reused')
    expect(itemReuse({ start: 10, tokens: 10 }, 19)).toBe('partly')
    expect(itemReuse({ start: 10, tokens: 10 }, 10)).toBe('new')
    expect(joinReuse(['reused', 'new'])).toBe('partly')
  })
})

describe('orderDropped', () => {
  const dropped = (key: string, reason: DropReason): DroppedItem => ({
    kind: 'round',
    section: 'recalled',
    key,
    text: key,
    tokens: 1,
    evidence: [],
    reason,
  })
  test('puts what came nearest first and what had no chance last', () => {
    const order = orderDropped([
      dropped('folded', { type: 'folded', into: 'mem:1' }),
      dropped('half', { type: 'no-room', neededTokens: 100, availableTokens: 50 }),
      dropped('near', { type: 'below-threshold', score: 0.44, threshold: 0.45 }),
    ])
    expect(order.map(({ key }) => key)).toEqual(['near', 'half', 'folded'])
  })
  test('a bar is never longer than its mark nor shorter than nothing', () => {
    expect(nearness({ type: 'no-room', neededTokens: 0, availableTokens: 0 })).toBe(1)
    expect(nearness({ type: 'below-threshold', score: -1, threshold: 0.4 })).toBe(0)
  })
})

describe('promptRuns', () => {
  test('cuts a part at its items, in order, and loses no character', () => {
    const runs = promptRuns(manifest(), 0)
    expect(runs.map((run) => [run.text, run.item?.ref])).toEqual([
      ['<u>', undefined],
      ['one', 'M1'],
      [' ', undefined],
      ['two', 'M2'],
      ['</u>', undefined],
    ])
  })
  test('overlapping and outlying items do not double or lose text', () => {
    const crooked = manifest({
      sections: [
        { name: 'message', tokens: 1, budgetTokens: 1, items: [item('M1', 0, 0, 9), item('M2', 0, 5, 99), item('M3', 0, 5, 6)] },
      ],
    })
    const text = promptRuns(crooked, 0)
      .map((run) => run.text)
      .join('')
    expect(text).toBe('<u>one two</u>')
    expect(promptRuns(manifest(), 7)).toEqual([])
  })
})

test('a receipt’s file name carries the local date and time of its prompt', () => {
  expect(receiptFileName(manifest(), 'json')).toBe('longhand-receipt-2026-07-04-090507.json')
})

test('speeds are of what was really read and written', () => {
  const notes = usageRows(actual).map((row) => row.note)
  expect(notes[1]).toBe('100 tokens a second')
  expect(notes[2]).toBe('25 tokens a second')
  expect(usageRows({ ...actual, cachedInputTokens: 100 })[1]?.note).toBeUndefined()
})

test('a receipt tells what was wanted of its prompt, and nothing where nothing was', () => {
  const wishes = { hidden: ['msg:1', 'msg:2'], pinned: ['mem:1'], budgets: { recalled: 240 }, weights: { words: 1.13 } }
  expect(samplingRows(manifest({ wishes })).at(-1)?.value).toBe(
    '1 pinned, 2 hidden, Recalled at most 240 tokens, “words” weighs 1.13',
  )
  expect(samplingRows(manifest()).at(-1)).toEqual({ label: 'Memory of the chat', value: 'Everyday' })
})
