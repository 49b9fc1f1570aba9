import { expect, test } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import { tapeOf } from '#context/tape.ts'
import { receiptPage } from './receipt-page.ts'
import { tapePage } from './tape-page.ts'

const hostile = '<script>alert(1)</script><img src="https://evil.example/x">" onload="x'
const item = { kind: 'message', key: 'msg:0', tokens: 4, start: 0, part: 0, from: 0, to: 9, evidence: [] } as const
const manifest: Manifest = {
  schema: 'longhand.manifest',
  version: 1,
  replyId: 'msg:1',
  userMessageId: 'msg:0',
  conversationId: 'conv:0',
  createdAt: 1_700_000_000_000,
  epoch: { id: 'epoch:0', reason: 'first-turn', turn: 1 },
  model: { id: 'm', name: hostile, engine: 'scripted', tokenizerId: 't' },
  sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 10 },
  window: { size: 1000, reserve: 100, pressure: 750 },
  mode: 'assembled',
  prompt: [{ role: 'user', text: hostile }],
  sections: [{ name: 'message', tokens: 60, budgetTokens: 90, items: [{ ...item, ref: 'M1', text: hostile, why: hostile }] }],
  dropped: [
    { kind: 'message', section: 'turns', key: 'msg:9', text: hostile, tokens: 3, evidence: [], reason: { type: 'hidden' } },
  ],
  threshold: 0.45,
  predicted: { inputTokens: 60, cachedInputTokens: 20 },
}
const message = { conversationId: 'conv:0', text: hostile, createdAt: 0, status: 'complete' } as const
const path = [
  { ...message, id: 'msg:0', role: 'user' },
  { ...message, id: 'msg:1', role: 'assistant' },
] as const

test('a receipt as a page strikes through what was left out of an item and says so', () => {
  const whole = 'Of the <b>garden</b>, it was told'
  const shortened = {
    ratio: 0.4,
    cuts: [{ from: 20, to: whole.length }],
    by: { type: 'words' },
    whole,
    wholeTokens: 9,
    tokens: 5,
  } as const
  const short = { ...item, ref: 'M1', text: whole.slice(0, 20), why: 'said', shortened }
  const page = receiptPage({ ...manifest, sections: [{ name: 'turns', tokens: 5, budgetTokens: 9, items: [short] }] })
  expect(page).toContain('Of the &#60;b&#62;garden&#60;/b&#62;<del>, it was told</del>')
  expect(page).toContain('shortened by up to 40 %, 4 of 9 tokens left out, estimated from word statistics')
})

test('a receipt as a page draws what is kept for the reply, to scale', () => {
  expect(receiptPage(manifest)).toContain('class="reserve" style="width:10.000%" title="Kept for the reply, 100 tokens"')
})

test.each([
  ['a receipt', receiptPage(manifest)],
  ['the tape', tapePage(hostile, tapeOf(path, new Map([['msg:1', manifest]])))],
])('%s as a page is one file without a script or an address, whatever the texts hold', (_name, page) => {
  expect(page).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
  const tags = page.match(/<[a-z][^>]*>/gi) ?? []
  expect(tags.length).toBeGreaterThan(10)
  expect(tags.filter((tag) => /^<(script|img|link|iframe|object|base|form|a)\b|\s(src|href|on\w+)=/i.test(tag))).toEqual([])
  expect(page).toContain('&#60;script&#62;')
  expect(page).toContain('60')
})
