import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

const sum = (scores: readonly { readonly logProbability: number }[]) =>
  scores.reduce((total, { logProbability }) => total + logProbability, 0)
const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))

describe('scores of tokens, tiny model', () => {
  let tiny: TinySession
  beforeAll(async () => {
    tiny = await TinySession.load(512)
  })
  afterAll(() => tiny.pipeline.unload())

  it('every token of a greedy reply is the likeliest there, and the likelihoods are a distribution', async () => {
    tiny.reset()
    const prompt = chatPrompt('Be kind.', ['Why is the sky blue?'])
    const { text } = await tiny.reply(greedy(prompt, 6))
    const own = await tiny.score({ prompt, text })
    expect(own.map((one) => one.text).join('')).toBe(text)
    expect(Number.isFinite(sum(own))).toBe(true)
    let written = ''
    for (const { text: token, logProbability } of own) {
      const opening = chatPrompt('Be kind.', ['Why is the sky blue?'], written)
      let mass = Math.exp(logProbability)
      for (const other of printable) {
        if (other === token) continue
        const [first] = await tiny.score({ prompt: opening, text: other })
        expect(first?.logProbability).toBeLessThanOrEqual(logProbability)
        mass += Math.exp(first?.logProbability ?? Number.NaN)
      }
      expect(mass).toBeLessThanOrEqual(1 + 1e-4)
      expect(mass).toBeGreaterThan(0)
      written += token
    }
  })

  it('gives the same again on a reused cache, on a fresh one and after another text', async () => {
    const request = { prompt: chatPrompt('Be kind.', ['Tell me of bees.']), text: 'Bees make honey, über 40 kg.' }
    tiny.reset()
    const fresh = await tiny.score(request)
    const again = await tiny.score(request)
    expect(tiny.fed.flat().length).toBeLessThan(fresh.length + 2)
    await tiny.score({ prompt: chatPrompt('Be kind.', ['Another.']), text: 'x' })
    const later = await tiny.score(request)
    for (const other of [again, later]) {
      expect(other.map(({ text }) => text)).toEqual(fresh.map(({ text }) => text))
      expect(sum(other)).toBeCloseTo(sum(fresh), 2)
    }
    expect(sum(fresh)).toBeLessThan(0)
  })

  it('leaves a cache that the chat goes on with', async () => {
    tiny.reset()
    const first = chatPrompt('Be kind.', ['Who are you?'])
    const { text } = await tiny.reply(greedy(first, 12))
    await tiny.score({ prompt: first, text })
    const next = chatPrompt('Be kind.', ['Who are you?', text, 'And now?'])
    const reused = await tiny.reply(greedy(next, 12))
    expect(reused.end.cachedInputTokens).toBeGreaterThan(tiny.pipeline.encode(first.map((part) => part.text).join('')).length)
    tiny.reset()
    expect((await tiny.reply(greedy(next, 12))).text).toBe(reused.text)
  })

  it('reads nothing of what does not fit, and can be stopped between two tokens', async () => {
    tiny.reset()
    const prompt = chatPrompt('Be kind.', ['Hello'])
    await expect(tiny.score({ prompt, text: 'x'.repeat(512) })).rejects.toMatchObject({ type: 'context-overflow' })
    expect(tiny.fed).toEqual([])
    const stop = new AbortController()
    const scoring = tiny.score({ prompt, text: 'It goes on and on.' }, stop.signal)
    stop.abort()
    await expect(scoring).rejects.toMatchObject({ type: 'aborted' })
    expect((await tiny.score({ prompt, text: 'Hi' })).length).toBeGreaterThan(0)
  })
})
