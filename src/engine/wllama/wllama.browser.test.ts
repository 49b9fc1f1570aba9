import { describe, expect, it } from 'vitest'
import type { Sampling } from '#context/manifest.ts'
import type { PromptPart } from '#context/template.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import type { Engine, GenerateEvent } from '#ports/engine.ts'
import { createWllamaEngine } from './create-wllama-engine.ts'
import { chainBroken, chainEndless, chainWords, keepChainModel } from './testing/chain-fixture.ts'

describeEngineContract('wllama, hand-made model', async () => ({
  create: createWllamaEngine,
  model: await keepChainModel(),
  windowTokens: 512,
  endless: chainEndless,
  readAllowance: 3,
  outputAllowance: 1,
}))

const never = new AbortController().signal

async function withEngine(change: Parameters<typeof keepChainModel>[0], use: (engine: Engine, runsOn: string) => Promise<void>) {
  const engine = createWllamaEngine()
  try {
    const model = await keepChainModel(change)
    const { runsOn } = await engine.load({ model, windowTokens: 512 }, () => {}, never)
    await use(engine, runsOn)
  } finally {
    engine.dispose()
  }
}

async function reply(engine: Engine, user: string, begun = '', maxOutputTokens = 60, change: Partial<Sampling> = {}) {
  const prompt: PromptPart[] = [
    { role: 'user', text: `<|im_start|>user\n${user}<|im_end|>\n` },
    { role: 'reply', text: `<|im_start|>assistant\n${begun}` },
  ]
  const events: GenerateEvent[] = []
  const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens, ...change }
  for await (const event of engine.generate({ prompt, sampling, stop: ['<|im_end|>'] }, never)) events.push(event)
  const end = events.at(-1)
  if (end?.type !== 'generation-end') throw new Error('No end.')
  return { end, text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
}

describe('wllama engine', () => {
  it('writes exactly what the weights say, and says what it runs on', () =>
    withEngine({}, async (engine, runsOn) => {
      const { text, end } = await reply(engine, 'Hello')
      expect(text).toBe(chainWords.join(''))
      expect(end.finishReason).toBe('stop')
      expect(runsOn).toMatch(/^CPU, (1 thread|\d threads), weights unpacked$/)
    }))

  it('writes no broken text where the model prefers bytes that are no UTF-8, and works on', () =>
    withEngine({}, async (engine) => {
      const broken = await reply(engine, 'Hello', chainBroken, 8)
      expect(broken.end.outputTokens).toBeGreaterThan(0)
      expect(broken.text).not.toContain('\ufffd')
      expect((await reply(engine, 'Hello')).text).toBe(chainWords.join(''))
    }))

  it('reads a lone surrogate in a prompt as the replacement character', () =>
    withEngine({}, async (engine) => {
      const { end, text } = await reply(engine, 'half \ud83c of a pair')
      const { end: same } = await reply(engine, 'half \ufffd of a pair')
      expect(text).toBe(chainWords.join(''))
      expect(end.inputTokens).toBe(same.inputTokens)
    }))

  it('repeats a reply of the same seed and not one of another', () =>
    withEngine({}, async (engine) => {
      // At this temperature the hand-made weights leave every token about as likely as the next.
      const first = await reply(engine, 'Hello', '', 24, { temperature: 50, seed: 11 })
      const again = await reply(engine, 'Hello', '', 24, { temperature: 50, seed: 11 })
      const other = await reply(engine, 'Hello', '', 24, { temperature: 50, seed: 12 })
      expect(again.text).toBe(first.text)
      expect(other.text).not.toBe(first.text)
    }))

  it('has the state of an earlier conversation again after another one', () =>
    withEngine({}, async (engine) => {
      const [one, two] = ['First. ', 'Another. '].map((text) => text.repeat(20)) as [string, string]
      await reply(engine, one)
      await reply(engine, two)
      const { end } = await reply(engine, one)
      expect(end.cachedInputTokens).toBeGreaterThan(end.inputTokens - 4)
    }))

  it('starts afresh when the states of earlier conversations fill its memory', () =>
    // So many bytes a token that one conversation put aside is beyond the limit.
    withEngine({ kvBytesPerToken: 100_000_000, weightBytes: 0 }, async (engine) => {
      const [one, two] = ['First. ', 'Another. '].map((text) => text.repeat(20)) as [string, string]
      await reply(engine, one)
      await reply(engine, two)
      const { end, text } = await reply(engine, one)
      expect(end.cachedInputTokens).toBe(0)
      expect(text).toBe(chainWords.join(''))
    }))
})
