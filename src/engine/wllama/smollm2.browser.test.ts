import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sampling } from '#context/manifest.ts'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import type { Engine, GenerateEvent } from '#ports/engine.ts'
import { replyMisfit } from '#shared/json-schema.ts'
import { createWllamaEngine } from './create-wllama-engine.ts'

/** Milliseconds: the model reads six tokens a second where other programs hold the cores. */
const slow = 300_000
const never = new AbortController().signal
const present = (await fetch(builtIn.tokenizerUrl, { method: 'HEAD' })).headers.get('Content-Type')?.includes('html') === false

/** Everything that tokenizers are known to differ on. */
const awkward = [
  "It's 1,234,567.89 apples; don't   collapse   spaces…\n\n\n\tTabs\r\nand returns ",
  'Ünïcödé, 日本語のテキスト, עברית, العربية, हिन्दी, e\u0301 beside é, ﬁ ligature',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 \u200b\u00a0\ufeff zero width and no-break',
  'const f = (x) => { return x !== 0 ? `$x` : null } // code\n    indented\n        more',
  '<|im_star|> <im_end> <|endoftext <repo_name> almost marks and a real one',
  'supercalifragilisticexpialidocious AAAAaaaa ____ ---- ==== !!!! ?!?!  ',
].join('\n')

describe.skipIf(!present)('wllama with the built-in model', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = createWllamaEngine()
    await engine.load({ model: builtIn, windowTokens: 512 }, () => {}, never)
  }, slow)
  afterAll(() => engine.dispose())

  async function reply(prompt: readonly PromptPart[], maxOutputTokens: number, change: Partial<Sampling> = {}) {
    const events: GenerateEvent[] = []
    const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens, ...change }
    for await (const event of engine.generate({ prompt, sampling, stop: builtIn.template.stop }, never)) events.push(event)
    const end = events.at(-1)
    if (end?.type !== 'generation-end') throw new Error('No end.')
    return { end, text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
  }
  const { user, assistant } = builtIn.template
  const said = (role: 'user' | 'assistant', text: string): PromptPart => {
    const affix = role === 'user' ? user : assistant
    return { role, text: affix.before + text + affix.after }
  }
  const opening: PromptPart = { role: 'reply', text: assistant.before }

  it(
    'counts its prompt, part by part, as the engine does',
    async () => {
      const prompt = [said('user', awkward), opening]
      const counts = await engine.countTokens(prompt.map((part) => part.text))
      const { end } = await reply(prompt, 1)
      expect(end.inputTokens).toBe(counts.reduce((sum, count) => sum + count, 0))
    },
    slow,
  )

  it(
    '[E80] writes JSON that fits a schema with free text in it, at temperature 1',
    async () => {
      const schema = {
        type: 'object',
        properties: {
          city: { type: 'string', maxLength: 24 },
          country: { type: 'string', maxLength: 24 },
          capital: { type: 'boolean' },
          population: { type: 'integer' },
        },
        required: ['city', 'country', 'capital'],
      }
      const jsonSchema = JSON.stringify(schema)
      for (const seed of [1, 2, 3]) {
        const { text, end } = await reply([said('user', 'Tell me about Paris, as JSON.'), opening], 120, {
          temperature: 1,
          seed,
          jsonSchema,
        })
        expect(end.finishReason).toBe('stop')
        expect(replyMisfit(jsonSchema, text), text).toBeUndefined()
      }
    },
    slow,
  )

  it(
    'reads only what is new, and answers in English',
    async () => {
      const first = [said('user', 'What is the capital of France?'), opening]
      const one = await reply(first, 24)
      expect(one.text).toContain('Paris')
      const next = [
        said('user', 'What is the capital of France?'),
        said('assistant', one.text),
        said('user', 'And of Italy?'),
        opening,
      ]
      const two = await reply(next, 8)
      expect(two.end.cachedInputTokens).toBeGreaterThanOrEqual(one.end.inputTokens)
      expect(two.end.inputTokens - two.end.cachedInputTokens).toBeLessThan(30)
    },
    slow,
  )

  it(
    '[E50] chooses by what the request says: temperature, top-p, top-k, min-p and each penalty change what is written',
    async () => {
      const asked = [said('user', 'Write about the sea, the sea and the sea.'), opening]
      const write = async (change: Partial<Sampling>) => (await reply(asked, 16, { seed: 5, ...change })).text
      const likeliest = await write({})
      expect(await write({ seed: 6 })).toBe(likeliest)
      const free = await write({ temperature: 2 })
      expect(free).not.toBe(likeliest)
      expect(await write({ temperature: 2, seed: 6 })).not.toBe(free)
      for (const narrow of [{ topP: 0.01 }, { topK: 1 }, { minP: 1 }])
        expect(await write({ temperature: 2, ...narrow }), JSON.stringify(narrow)).toBe(likeliest)
      for (const penalty of [{ repetitionPenalty: 2 }, { presencePenalty: 2 }, { frequencyPenalty: 2 }])
        expect(await write(penalty), JSON.stringify(penalty)).not.toBe(likeliest)
    },
    slow,
  )

  it(
    'goes on writing where it is let write anything at all',
    async () => {
      for (let seed = 1; seed <= Number(import.meta.env.VITE_CASES ?? 3); seed++)
        expect((await reply([opening], 32, { temperature: 2, seed })).end.outputTokens).toBeGreaterThan(0)
    },
    slow,
  )
})
