import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import type { Engine, GenerateEvent } from '#ports/engine.ts'
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

  async function reply(prompt: readonly PromptPart[], maxOutputTokens: number) {
    const events: GenerateEvent[] = []
    const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens }
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
})
