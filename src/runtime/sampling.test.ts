import { describe, expect, it } from 'vitest'
import type { Sampling } from '#context/manifest.ts'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { lastManifest, ready } from './longhand.fixture.ts'
import { type SamplingChoice, samplingOf } from './sampling.ts'
import { defaultSettings } from './settings.ts'

const model = { ...scriptedModel, sampling: { temperature: 0.7, topP: 0.8, topK: 20 } }
const of = (choice: SamplingChoice, engine: 'webllm' | 'wllama' = 'wllama') =>
  samplingOf({ ...defaultSettings, sampling: { [model.id]: choice } }, model, { engine, windowTokens: 2048 }, () => 42)

describe('sampling of a reply', () => {
  it('is as the model recommends where nothing is chosen, with a new seed', () => {
    expect(of({})).toEqual({ temperature: 0.7, topP: 0.8, topK: 20, seed: 42, maxOutputTokens: 512 })
  })

  it('[E50] names nothing that the engine does not do', () => {
    expect(of({ minP: 0.1 }, 'webllm')).toEqual({ temperature: 0.7, topP: 0.8, seed: 42, maxOutputTokens: 512 })
  })

  it('follows what is chosen, within bounds and half of the window', () => {
    const chosen = { temperature: 0, repetitionPenalty: 1.1, seed: 5, stop: ['END'], maxOutputTokens: 4000 }
    expect(of(chosen)).toEqual({ ...chosen, topP: 0.8, topK: 20, maxOutputTokens: 1024 })
    expect(of({ temperature: -1, topP: 7, maxOutputTokens: Number.NaN })).toEqual(of({}))
  })

  it('[E105] is as long as is set for all models, until the model has its own; one out of bounds is none', () => {
    const of = (replyTokens: number, own?: number) => {
      const sampling = own === undefined ? {} : { [model.id]: { maxOutputTokens: own } }
      const settings = { ...defaultSettings, replyTokens, sampling }
      return samplingOf(settings, model, { engine: 'wllama', windowTokens: 4096 }, () => 1).maxOutputTokens
    }
    expect([of(1024), of(1024, 300), of(256, 1500), of(1024, 3), of(9000), of(256, 9000)]).toEqual([
      1024, 300, 1500, 1024, 2048, 2048,
    ])
  })

  it('keeps a temperature that was set for all models, until the model has its own', () => {
    const all = { ...defaultSettings, temperature: 0.3 }
    const loaded = { engine: 'wllama', windowTokens: 2048 } as const
    expect(samplingOf(all, model, loaded, () => 1).temperature).toBe(0.3)
    const own = { ...all, sampling: { [model.id]: { temperature: 0.9 } } }
    expect(samplingOf(own, model, loaded, () => 1).temperature).toBe(0.9)
  })

  it('reaches the engine as the receipt tells it, and a stop text ends the reply unseen', async () => {
    const seen: (Sampling | undefined)[] = []
    const reply = (_prompt: unknown, sampling?: Sampling) => {
      seen.push(sampling)
      return 'one two three four'
    }
    const longhand = await ready({ script: { reply } })
    const choice = { temperature: 0.4, topP: 0.5, topK: 9, minP: 0.1, repetitionPenalty: 1.2, presencePenalty: 0.3, seed: 11 }
    await longhand.actions.updateSettings({ sampling: { scripted: { ...choice, stop: [' three'], maxOutputTokens: 300 } } })
    expect(await longhand.say('Count.')).toBe('one two')
    const { sampling, actual } = await lastManifest(longhand)
    expect(sampling).toEqual({ ...choice, stop: [' three'], maxOutputTokens: 300 })
    expect(seen).toEqual([sampling])
    expect(actual?.finishReason).toBe('stop')
    const again = await longhand.actions.rerun(await lastManifest(longhand), { signal: new AbortController().signal })
    expect(again).toMatchObject({ type: 'done', text: 'one two' })
  })
})
