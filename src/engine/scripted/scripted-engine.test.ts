import { describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import type { GenerateEvent } from '#ports/engine.ts'
import { createScriptedEngine } from './create-scripted-engine.ts'
import type { Script } from './script.ts'
import { scriptedModel } from './scripted-model.ts'
import { scriptedCounter, scriptedTokens } from './scripted-tokens.ts'

const never = new AbortController().signal

async function loaded(script: Script = {}, windowTokens = 2048) {
  const engine = createScriptedEngine(script)
  await engine.load({ model: scriptedModel, windowTokens }, () => {}, never)
  return engine
}

function ask(text: string, begun = ''): PromptPart[] {
  return [
    { role: 'user', text: `<|im_start|>user\n${text}<|im_end|>\n` },
    { role: 'reply', text: `<|im_start|>assistant\n${begun}` },
  ]
}

async function collect(events: AsyncIterable<GenerateEvent>) {
  const all: GenerateEvent[] = []
  for await (const event of events) all.push(event)
  const text = all.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
  return { all, text, end: all.at(-1) }
}

const request = (prompt: PromptPart[], maxOutputTokens = 500) => ({
  prompt,
  sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens },
  stop: ['<|im_end|>'],
})

describe('scripted tokens', () => {
  it('give the text back when joined, and count control tokens once', () => {
    const text = '<|im_start|>user\nÄrger  mit 1234567 Äpfeln 🍎\ud800<|im_end|>\n'
    expect(scriptedTokens(text).join('')).toBe(text)
    expect(scriptedTokens('<|im_start|>')).toHaveLength(1)
    expect(scriptedCounter.count(' watermelon')).toBe(2)
  })
})

describe('scripted engine', () => {
  it('answers with what it was told', async () => {
    const engine = await loaded()
    const { text, end } = await collect(engine.generate(request(ask('My dog is called Bruno.')), never))
    expect(text).toContain('My dog is called Bruno.')
    expect(end).toMatchObject({ type: 'generation-end', finishReason: 'stop', outputTokens: scriptedCounter.count(text) })
  })

  it('goes on with a reply that was begun', async () => {
    const engine = await loaded({ reply: () => 'one two three' })
    const { text } = await collect(engine.generate(request(ask('count', 'one two')), never))
    expect(text).toBe(' three')
  })

  it('fails at the token that the script names, and works after it', async () => {
    const engine = await loaded({ fault: (n) => (n === 1 ? { type: 'error', atToken: 3, error: 'device-lost' } : undefined) })
    const seen: GenerateEvent[] = []
    await expect(async () => {
      for await (const event of engine.generate(request(ask('a')), never)) seen.push(event)
    }).rejects.toMatchObject({ type: 'device-lost' })
    expect(seen.filter((event) => event.type === 'text-delta')).toHaveLength(3)
    expect((await collect(engine.generate(request(ask('a')), never))).end).toMatchObject({ finishReason: 'stop' })
  })

  it('stalls until it is aborted', async () => {
    const engine = await loaded({ fault: () => ({ type: 'stall', atToken: 2 }) })
    const stop = new AbortController()
    const ends: GenerateEvent[] = []
    for await (const event of engine.generate(request(ask('a')), stop.signal)) {
      if (event.type === 'text-delta' && event.outputTokens === 2) stop.abort()
      ends.push(event)
    }
    expect(ends.at(-1)).toMatchObject({ finishReason: 'cancelled', outputTokens: 2 })
  })

  it('writes without end up to the limit', async () => {
    const engine = await loaded({ reply: () => 'again ', fault: () => ({ type: 'endless' }) })
    const { end } = await collect(engine.generate(request(ask('a'), 100), never))
    expect(end).toMatchObject({ finishReason: 'length', outputTokens: 100 })
  })

  it('ends with length when the window is full', async () => {
    const engine = await loaded({ fault: () => ({ type: 'endless' }) }, 64)
    const { end } = await collect(engine.generate(request(ask('a'), 1000), never))
    expect(end).toMatchObject({ finishReason: 'length' })
    expect(end?.type === 'generation-end' && end.inputTokens + end.outputTokens).toBe(64)
  })

  it('reports a load that the script lets fail', async () => {
    const engine = createScriptedEngine({ loadError: 'wrong-digest' })
    await expect(engine.load({ model: scriptedModel, windowTokens: 64 }, () => {}, never)).rejects.toMatchObject({
      type: 'wrong-digest',
    })
  })
})
