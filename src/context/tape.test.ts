import { describe, expect, it } from 'vitest'
import { firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { countWords, memoryOf } from '#context/testing/worlds.ts'
import type { MessageId } from '#shared/ids.ts'
import { assemble } from './assemble.ts'
import type { Manifest } from './manifest.ts'
import { redactReceipt, redactTape } from './redact.ts'
import { tapeJson, tapeOf } from './tape.ts'

const path = pathOf('Secret question', 'Secret answer', 'Second question', 'Second answer')
const first = assemble(firstPrompt({ path: path.slice(0, 1), replyId: 'msg:1' }), countWords)
const covers = { conversationId: 'conv:here', from: 'msg:0', upTo: 'msg:0', messageCount: 1 } as const
const second = assemble(
  firstPrompt({
    path: path.slice(0, 3),
    pathComplete: false,
    replyId: 'msg:3',
    summary: memoryOf(1, 'Secret summary.', { kind: 'summary', covers }),
    decision: { type: 'new', reason: 'pressure' },
  }),
  countWords,
)
const actual = {
  inputTokens: 40,
  cachedInputTokens: 9,
  outputTokens: 7,
  queueMs: 0,
  prefillMs: 1,
  decodeMs: 1,
  finishReason: 'stop' as const,
}
const receipts = new Map<MessageId, Manifest>([
  ['msg:1', first],
  ['msg:3', { ...second, actual }],
])

describe('tapeOf', () => {
  it('shows every reply with its figures, and marks epochs and summaries', () => {
    const [one, two] = tapeOf(path, receipts)
    expect(one).toMatchObject({ replyId: 'msg:1', measured: false, epochBegan: 'first-turn', said: 'Secret question' })
    expect(one?.compacted).toBeUndefined()
    expect(one?.inputTokens).toBe(first.predicted.inputTokens)
    expect(two).toMatchObject({ inputTokens: 40, reusedTokens: 9, outputTokens: 7, epochBegan: 'pressure', compacted: true })
  })

  it('passes over replies without a receipt', () => {
    expect(tapeOf(path, new Map()).length).toBe(0)
  })
})

describe('redaction', () => {
  it('keeps every figure and no word', () => {
    const told = JSON.stringify([redactReceipt(second), tapeJson('A chat', redactTape(tapeOf(path, receipts)))])
    expect(told).not.toMatch(/Secret|question|answer"|You help/)
    const hidden = redactReceipt(second)
    expect(hidden.sections.map(({ tokens }) => tokens)).toEqual(second.sections.map(({ tokens }) => tokens))
    expect(hidden.dropped.length).toBe(second.dropped.length)
  })
})
