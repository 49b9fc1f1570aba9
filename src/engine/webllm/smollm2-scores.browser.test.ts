import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { type Engine, EngineError } from '#ports/engine.ts'
import { createWebllmEngine } from './create-webllm-engine.ts'

/** Milliseconds: on the software adapter the model reads a few tokens a second. */
const slow = 300_000
const never = new AbortController().signal
const present = (await fetch(builtIn.tokenizerUrl, { method: 'HEAD' })).headers.get('Content-Type')?.includes('html') === false

describe.skipIf(!present)('scores of tokens, built-in model', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = createWebllmEngine()
    const loaded = await engine.load({ model: builtIn, windowTokens: 256 }, () => {}, never)
    expect(loaded.scoresTokens).toBe(true)
  }, slow)
  afterAll(() => engine.dispose())

  const { user, assistant } = builtIn.template
  const asked: readonly PromptPart[] = [
    { role: 'user', text: `${user.before}What is the capital of France?${user.after}` },
    { role: 'reply', text: assistant.before },
  ]
  const score = (prompt: readonly PromptPart[], text: string) => engine.scoreTokens({ prompt, text }, () => {}, never)
  const sum = (scores: readonly { readonly logProbability: number }[]) =>
    scores.reduce((total, { logProbability }) => total + logProbability, 0)

  it(
    'what it writes itself, greedy, is likelier at every token than what it does not write, and the same on a repeat',
    async () => {
      let text = ''
      const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 6 }
      for await (const event of engine.generate({ prompt: asked, sampling, stop: builtIn.template.stop }, never))
        if (event.type === 'text-delta') text += event.text
      const own = await score(asked, text)
      expect(own.map((token) => token.text).join('')).toBe(text)
      expect(Number.isFinite(sum(own))).toBe(true)
      let written = ''
      for (const { text: token, logProbability } of own) {
        for (const other of [' purple', '7']) {
          const begun = [...asked.slice(0, -1), { role: 'reply', text: assistant.before + written }] as const
          const [first] = await score(begun, other)
          if (first && first.text !== token) expect(first.logProbability, `${written}|${other}`).toBeLessThan(logProbability)
        }
        written += token
      }
      expect(sum(await score(asked, text))).toBeCloseTo(sum(own), 2)
    },
    slow,
  )

  it(
    'a true answer is likelier than a false one, and less likely where the question is taken away',
    async () => {
      const answer = 'The capital of France is Paris.'
      const told = sum(await score(asked, answer))
      expect(told).toBeGreaterThan(sum(await score(asked, 'The capital of France is purple.')))
      expect(told).toBeGreaterThan(sum(await score(asked.slice(1), answer)))
    },
    slow,
  )

  it('refuses what does not fit', async () => {
    await expect(score(asked, 'word '.repeat(300))).rejects.toThrow(EngineError)
  })
})
