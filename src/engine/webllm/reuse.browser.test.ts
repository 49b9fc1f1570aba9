import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sampling } from '#context/manifest.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

const joined = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join('')

describe('reuse of the KV cache, tiny model', () => {
  let tiny: TinySession
  beforeAll(async () => {
    tiny = await TinySession.load(1024)
  })
  afterAll(() => tiny.pipeline.unload())

  it('reads only the new part of each turn', async () => {
    tiny.reset()
    const texts: string[] = []
    let before = 0
    for (const question of ['Who are you?', 'Why is the sky blue?', 'And at dusk?', 'Thank you.', 'Bye!', 'One more: 2 + 2?']) {
      texts.push(question)
      const prompt = chatPrompt('Be kind.', texts)
      const { text, end } = await tiny.reply(greedy(prompt, 12))
      // What was in the cache before is reused whole.
      expect(end.cachedInputTokens).toBe(before)
      expect(tiny.fed.flat()).toEqual(tiny.kv.ids.slice(before))
      expect(tiny.pipeline.decode(tiny.kv.ids)).toBe(joined(prompt) + text.slice(0, tiny.kv.ids.length - end.inputTokens))
      before = tiny.kv.ids.length
      texts.push(text)
    }
  })

  it('keeps everything before an edit in the middle', async () => {
    tiny.reset()
    await tiny.reply(greedy(chatPrompt('Be kind.', ['First question', 'An answer', 'Second question']), 8))
    const edited = chatPrompt('Be kind.', ['First question', 'An answer', 'Another question'])
    const { end } = await tiny.reply(greedy(edited, 8))
    const upToEdit = joined(chatPrompt('Be kind.', ['First question', 'An answer']).slice(0, -1))
    const begin = tiny.pipeline.encode(`${upToEdit}<|im_start|>user\n`).length
    expect(end.cachedInputTokens).toBe(begin)
    expect(tiny.fed.flat().slice(0, end.inputTokens - begin)).toEqual(tiny.kv.ids.slice(begin, end.inputTokens))
  })

  it('reads one token again when the same prompt is sent again', async () => {
    tiny.reset()
    const request = greedy(chatPrompt('Be kind.', ['Say it twice.']), 16)
    const first = await tiny.reply(request)
    const second = await tiny.reply(request)
    expect(second.text).toBe(first.text)
    expect(second.end.inputTokens - second.end.cachedInputTokens).toBe(1)
  })

  it('goes on with a cut reply as if it had not been cut', async () => {
    tiny.reset()
    const prompt = chatPrompt('Be kind.', ['Tell me a story.'])
    const whole = await tiny.reply(greedy(prompt, 24))
    tiny.reset()
    const cut = await tiny.reply(greedy(prompt, 10))
    const rest = await tiny.reply(greedy(chatPrompt('Be kind.', ['Tell me a story.'], cut.text), 14))
    expect(cut.text + rest.text).toBe(whole.text)
    expect(rest.end.inputTokens - rest.end.cachedInputTokens).toBeLessThanOrEqual(1)
  })

  it('writes the same, greedy, on a reused cache as after a fresh full read: 12 dialogues of 3 turns, with edits', async () => {
    // A small generator of its own, so that the dialogues are the same everywhere.
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % below
    }
    const words = 'moon river seven glass { $& } never über 雨 42 please why? stop. <b> soon'.split(' ')
    const sentence = () => Array.from({ length: 2 + random(9) }, () => words[random(words.length)]).join(' ')
    for (let dialogue = 0; dialogue < 12; dialogue++) {
      tiny.reset()
      const instructions = sentence()
      const texts: string[] = []
      for (let turn = 0; turn < 3; turn++) {
        texts.push(sentence())
        if (turn === 2 && dialogue % 3 === 0) texts[2] = sentence()
        const request = greedy(chatPrompt(instructions, texts), 10 + random(10))
        const reused = await tiny.reply(request)
        const fed = tiny.kv.ids
        tiny.reset()
        const fresh = await tiny.reply(request)
        expect(fresh.end.cachedInputTokens).toBe(0)
        if (turn > 0) expect(reused.end.cachedInputTokens).toBeGreaterThan(instructions.length)
        expect(reused.text, `dialogue ${dialogue}, turn ${turn}`).toBe(fresh.text)
        expect(fed).toEqual(tiny.kv.ids)
        texts.push(reused.text)
      }
    }
  })

  it('gives the same text for the same seed and another for another', async () => {
    tiny.reset()
    const request = (seed: number) => ({
      ...greedy(chatPrompt('Be kind.', ['Surprise me.']), 20),
      sampling: { temperature: 1, topP: 0.95, seed, maxOutputTokens: 20 },
    })
    const texts = []
    for (const seed of [1, 1, 2, 3]) texts.push((await tiny.reply(request(seed))).text)
    expect(texts[1]).toBe(texts[0])
    expect(new Set(texts).size).toBe(3)
  })

  it('[E50] chooses by what the request says: temperature, top-p and each penalty change what is written', async () => {
    const write = async (change: Partial<Sampling>) => {
      tiny.reset()
      const request = greedy(chatPrompt('Be kind.', ['Surprise me.']), 48)
      return (await tiny.reply({ ...request, sampling: { ...request.sampling, ...change } })).text
    }
    const likeliest = await write({})
    expect(await write({ seed: 99 })).toBe(likeliest)
    const lively = await write({ temperature: 2 })
    expect(lively).not.toBe(likeliest)
    // So little of the probability is the likeliest token alone.
    expect(await write({ temperature: 2, topP: 0.01 })).toBe(likeliest)
    const most = (text: string) => Math.max(...[...text].map((one) => [...text].filter((other) => other === one).length))
    for (const change of [{ repetitionPenalty: 2 }, { presencePenalty: 2 }, { frequencyPenalty: 2 }]) {
      const text = await write(change)
      expect(text, JSON.stringify(change)).not.toBe(likeliest)
      expect(most(text), JSON.stringify(change)).toBeLessThan(most(likeliest))
    }
    expect(await write({ repetitionPenalty: 1, presencePenalty: 0, frequencyPenalty: 0 })).toBe(likeliest)
  })

  it('is right after an abort while reading, and after one while writing', async () => {
    const long = chatPrompt('Be kind.', ['All about the sea. '.repeat(20)])
    tiny.reset()
    const whole = await tiny.reply(greedy(long, 12))
    tiny.reset()
    const stop = new AbortController()
    let ended: string | undefined
    for await (const event of tiny.events(greedy(long, 12), stop.signal)) {
      if (event.type === 'prefill-progress' && event.doneTokens > 50) stop.abort()
      if (event.type === 'generation-end') ended = event.finishReason
    }
    expect(ended).toBe('cancelled')
    const filled = tiny.kv.ids.length
    expect(filled).toBeGreaterThan(50)
    expect(filled).toBeLessThan(whole.end.inputTokens)
    const rest = await tiny.reply(greedy(long, 12))
    expect(rest.end.cachedInputTokens).toBe(filled)
    expect(rest.text).toBe(whole.text)

    const stopWriting = new AbortController()
    let part = ''
    for await (const event of tiny.events(greedy(chatPrompt('Be kind.', ['Count.'], 'YYYYYYYYYYYY'), 40), stopWriting.signal)) {
      if (event.type === 'text-delta') part += event.text
      if (part.length >= 5) stopWriting.abort()
    }
    const next = chatPrompt('Be kind.', ['Count.', `YYYYYYYYYYYY${part}`, 'Go on.'])
    const reused = await tiny.reply(greedy(next, 12))
    tiny.reset()
    expect(reused.text).toBe((await tiny.reply(greedy(next, 12))).text)
    expect(reused.end.cachedInputTokens).toBeGreaterThan(20)
  })

  it('refuses a prompt that does not fit before it reads a token, and keeps the cache', async () => {
    tiny.reset()
    await tiny.reply(greedy(chatPrompt('Be kind.', ['Hello']), 4))
    const kept = tiny.kv
    const tooLong = greedy(chatPrompt('Be kind.', ['x'.repeat(1024)]), 4)
    await expect(tiny.reply(tooLong)).rejects.toMatchObject({ name: 'EngineError', type: 'context-overflow' })
    expect(tiny.fed).toEqual([])
    expect(tiny.kv).toBe(kept)
  })
})

describe('text fidelity, tiny model', () => {
  let tiny: TinySession
  beforeAll(async () => {
    tiny = await TinySession.load(2048)
  })
  afterAll(() => tiny.pipeline.unload())

  const odd = [
    'Costs $$5 or $$10',
    "$& $` $' $1 $<name> $$$$",
    '{function_string} {user_message} {system_message} {assistant_message}',
    `\\frac{$a$}{$b$} and $PATH, $\{HOME}, \`$?\``,
    '\u0000\u0001\u0007\u001b[31m\r\n\t\u0085\u2028',
    '👩‍👩‍👧‍👦 🇧🇪 é e\u0301 \uFEFF\u200B',
    'שלום עולם \u202Eabc\u202C مرحبا',
    '<|not_a_token|> <|im_ <think> [INST] <<SYS>>',
    '   leading and trailing   \n\n',
    '日本語とҐ漢字𠮷',
  ]

  it('feeds exactly the text, in user, assistant and system turns', async () => {
    for (const text of odd) {
      tiny.reset()
      const prompt = chatPrompt(text, [text, text, text])
      await tiny.reply(greedy(prompt, 0))
      expect(tiny.pipeline.decode(tiny.fed.flat()), text).toBe(joined(prompt))
    }
  })

  it('feeds exactly the text when it is added turn by turn', async () => {
    tiny.reset()
    const texts: string[] = []
    for (const text of odd) {
      texts.push(text)
      const prompt = chatPrompt('Be exact.', texts)
      await tiny.reply(greedy(prompt, 0))
      expect(tiny.pipeline.decode(tiny.kv.ids), text).toBe(joined(prompt))
      texts.push(text.toUpperCase())
    }
  })

  it('shows half a surrogate pair as the replacement character, as every other part of Longhand does', async () => {
    tiny.reset()
    await tiny.reply(greedy(chatPrompt('x', ['half \ud83d pair']), 0))
    expect(tiny.pipeline.decode(tiny.kv.ids)).toContain('half \ufffd pair')
  })
})
