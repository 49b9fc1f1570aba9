import { describe, expect, it } from 'vitest'
import { scriptedControlTokens } from '#engine/scripted/scripted-tokens.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import type { GenerateEvent, LoadProgress } from '#ports/engine.ts'
import { browserModel } from './browser-model.ts'
import { createBrowserEngine } from './create-browser-engine.ts'
import { findPromptApi } from './prompt-api.ts'
import { fakePromptApi } from './testing/fake-prompt-api.ts'

const endless = 'Without end'
const never = new AbortController().signal
const model = { ...browserModel, template: { ...browserModel.template, controlTokens: scriptedControlTokens } }

// No browser here has a model of its own: the fake keeps the API's book, and a real one may do otherwise.
for (const old of [false, true])
  describeEngineContract(`the browser’s own model, a fake of the API${old ? ' with its older names' : ''}`, () => ({
    create: () => createBrowserEngine(fakePromptApi({ quota: 512, endless, ...(old ? { old } : {}) }).api),
    model,
    windowTokens: 512,
    endless,
    readAllowance: 0,
    outputAllowance: 0,
  }))

async function loaded(options: Partial<Parameters<typeof fakePromptApi>[0]> = {}) {
  const fake = fakePromptApi({ quota: 512, ...options })
  const engine = createBrowserEngine(fake.api)
  const progress: LoadProgress[] = []
  const about = await engine.load({ model, windowTokens: 512 }, (step) => progress.push(step), never)
  const say = async (...texts: readonly string[]) => {
    const prompt = [
      ...texts.map((text, at) => ({ role: at % 2 === 0 ? ('user' as const) : ('assistant' as const), text })),
      { role: 'reply' as const, text: '' },
    ]
    const sampling = { temperature: 1, topP: 1, seed: 1, maxOutputTokens: 64 }
    const events: GenerateEvent[] = []
    for await (const event of engine.generate({ prompt, sampling, stop: [] }, never)) events.push(event)
    const end = events.at(-1)
    if (end?.type !== 'generation-end') throw new Error('no end')
    return { text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''), end }
  }
  return { ...fake, engine, about, progress, say }
}

describe('[E85] the browser’s own model', () => {
  it('is there only where the API is', () => {
    expect(findPromptApi({})).toBeUndefined()
    expect(findPromptApi({ LanguageModel: { create: () => {} } })).toBeUndefined()
    const { api } = fakePromptApi({ quota: 1 })
    expect(findPromptApi({ LanguageModel: api })).toBe(api)
  })

  it('has the window that the browser gives, and a download with a share and no bytes', async () => {
    const { about, progress } = await loaded({ quota: 300 })
    expect(about).toMatchObject({ windowTokens: 300, reuse: 'untold', writesJson: 'asked' })
    expect(progress).toContainEqual({ type: 'prepare', fraction: 0.5 })
    expect(progress.every(({ type }) => type === 'prepare')).toBe(true)
  })

  it('goes on in the session that holds what was said, and makes another where something else was', async () => {
    const { say, made } = await loaded()
    const first = await say('Hello')
    await say('Hello', first.text, 'And now?')
    // The first of all counts; the second answers both turns.
    expect(made).toHaveLength(2)
    expect(made[1]?.asked).toEqual([[{ role: 'user', content: 'Hello' }], [{ role: 'user', content: 'And now?' }]])
    await say('Hello', 'Another reply', 'And now?')
    expect(made).toHaveLength(3)
    expect(made[1]?.destroyed).toBe(true)
  })

  it('counts with what the browser’s template adds', async () => {
    const plain = await (await loaded()).say('One two')
    const laid = await (await loaded({ overhead: 5 })).say('One two')
    expect(laid.end.inputTokens).toBe(plain.end.inputTokens + 5)
  })

  it('says why it cannot be had, in the browser’s own words', async () => {
    await expect(loaded({ availability: 'unavailable' })).rejects.toMatchObject({ type: 'unsupported-device' })
    const refuses = new DOMException('A click is needed first.', 'NotAllowedError')
    await expect(loaded({ refuses })).rejects.toMatchObject({ type: 'unsupported-device', message: 'A click is needed first.' })
  })

  it('destroys its sessions when it is shut down', async () => {
    const { say, made, engine } = await loaded()
    await say('Hello')
    engine.dispose()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(made.map(({ destroyed }) => destroyed)).toEqual([true, true])
  })
})
