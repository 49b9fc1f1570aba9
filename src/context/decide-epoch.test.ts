import { describe, expect, it } from 'vitest'
import { firstPrompt } from '#context/testing/first-prompt.ts'
import { countWords, memoryOf, messageAt } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import { type DecideInput, decideEpoch, isUnderPressure } from './decide-epoch.ts'
import type { EpochReason, Manifest } from './manifest.ts'

const asked = messageAt(0, 'user', 'When do I move?')
const reply = { ...messageAt(1, 'assistant', 'On Friday.'), createdAt: 2_000_000 }
const next = messageAt(2, 'user', 'And where to?')
const manifest = assemble(firstPrompt({ replyId: 'msg:1', path: [asked] }), countWords)
const { model, template, windowTokens, instructions } = firstPrompt()
const same: DecideInput = {
  model,
  template,
  windowTokens,
  instructions,
  createdAt: reply.createdAt + 60_000,
  path: [asked, reply, next],
  previous: { manifest, reply },
}
const late = reply.createdAt + 31 * 60_000
const summary = memoryOf(5, 'A summary.', { kind: 'summary' })
const partial: Manifest = { ...manifest, mode: 'assembled' }
const usage = { cachedInputTokens: 0, queueMs: 0, prefillMs: 0, decodeMs: 0, finishReason: 'stop' as const }
const full = { ...manifest, actual: { ...usage, inputTokens: manifest.window.pressure - 68, outputTokens: 68 } }
const { previous: _, ...alone } = same

describe('decideEpoch', () => {
  it.each<[string, DecideInput, EpochReason | 'continue']>([
    ['the same ground', same, 'continue'],
    ['no previous prompt', alone, 'first-turn'],
    ['another model', { ...same, model: { ...model, id: 'other' } }, 'model-changed'],
    ['another engine', { ...same, model: { ...model, engine: 'wllama' } }, 'model-changed'],
    ['another tokenizer', { ...same, model: { ...model, tokenizerId: 'other' } }, 'model-changed'],
    ['another template', { ...same, template: { ...template, user: { before: '<user>', after: '\n' } } }, 'model-changed'],
    ['another window', { ...same, windowTokens: 2048 }, 'settings-changed'],
    ['other instructions', { ...same, instructions: 'Be brief.' }, 'settings-changed'],
    ['another version of the reply', { ...same, path: [asked, { ...reply, id: 'msg:9' }, next] }, 'branch-changed'],
    ['another version of the question', { ...same, path: [{ ...asked, id: 'msg:9' }, reply, next] }, 'branch-changed'],
    ['a reply without a word', { ...same, path: [asked, { ...reply, text: '' }, next] }, 'branch-changed'],
    ['memory edited since', { ...same, memoryEditedAt: manifest.createdAt + 1 }, 'memory-edited'],
    ['memory edited before', { ...same, memoryEditedAt: manifest.createdAt - 1 }, 'continue'],
    ['prompt and reply past the mark', { ...same, previous: { manifest: full, reply } }, 'pressure'],
    [
      'a long reply that was not measured',
      { ...same, previous: { manifest, reply: { ...reply, text: 'word '.repeat(400) } } },
      'pressure',
    ],
    ['a pause with a new summary', { ...same, createdAt: late, summary, previous: { manifest: partial, reply } }, 'pause'],
    ['a pause without one', { ...same, createdAt: late, previous: { manifest: partial, reply } }, 'continue'],
    ['a pause while everything fits', { ...same, createdAt: late, summary }, 'continue'],
    ['a short pause', { ...same, summary, previous: { manifest: partial, reply } }, 'continue'],
  ])('[C17] with %s', (_name, input, decided) => {
    expect(decideEpoch(input, countWords)).toEqual(
      decided === 'continue' ? { type: 'continue' } : { type: 'new', reason: decided },
    )
  })

  it('[C17] names the most binding reason', () => {
    const input = { ...same, windowTokens: 2048, model: { ...model, id: 'other' }, memoryEditedAt: late }
    expect(decideEpoch(input, countWords)).toEqual({ type: 'new', reason: 'model-changed' })
  })
})

describe('isUnderPressure', () => {
  it('[C17] from the mark on', () => {
    expect(isUnderPressure(full)).toBe(true)
    expect(isUnderPressure({ ...full, actual: { ...full.actual, outputTokens: 67 } })).toBe(false)
    expect(isUnderPressure(manifest)).toBe(false)
  })
})
