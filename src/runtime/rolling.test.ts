import { describe, expect, it } from 'vitest'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { scriptedCounter } from '#engine/scripted/scripted-tokens.ts'
import { EngineError } from '#ports/engine.ts'
import { memoryNeed, rollingSpareTokens } from '#ports/memory-need.ts'
import { lastManifest, ready, startTestLonghand } from './longhand.fixture.ts'
import { rowOf } from './model-row.ts'
import { windowAsked } from './rolling-load.ts'
import { defaultSettings } from './settings.ts'
import { fitsWindow } from './side-call.ts'

const device = { gpu: 'real', shaderF16: false, threads: 8, crossOriginIsolated: true } as const
const rowWith = (rolling: Record<string, boolean>, available: readonly ('webllm' | 'wllama')[] = ['webllm', 'wllama']) =>
  rowOf(builtIn, device, { ...defaultSettings, rolling }, available).row

describe('a rolling window', () => {
  it('[E99] is offered where the build rolls, and off until it is chosen', () => {
    expect(rowWith({}).rolling).toBe('off')
    expect(rowWith({ [builtIn.id]: true }).rolling).toBe('on')
    expect(rowWith({ [builtIn.id]: true }, ['wllama']).rolling).toBeUndefined()
  })

  it('[E96] leaves room for what comes in before what rolls out is let go', () => {
    const memoryBytes = 2 * (memoryNeed(builtIn.builds.webllm ?? fail(), 3072).totalBytes + 1)
    const safe = (rolls: boolean) =>
      rowOf(builtIn, { ...device, memoryBytes }, { ...defaultSettings, rolling: { [builtIn.id]: rolls } }, ['webllm']).row.plan
        ?.safeTokens ?? 0
    const least = memoryNeed(builtIn.builds.webllm ?? fail(), safe(true) + rollingSpareTokens).totalBytes
    expect(safe(true)).toBeLessThanOrEqual(safe(false))
    expect(least).toBeLessThanOrEqual(memoryBytes / 2)
  })

  it('[E99] keeps the window chosen of the longest prompt, and is plain where that is no less', () => {
    expect(windowAsked(builtIn, 2048, true)).toEqual({ windowTokens: 8192, rolling: { keptTokens: 2048, sinkTokens: 4 } })
    expect(windowAsked(builtIn, 2048, false)).toEqual({ windowTokens: 2048 })
    expect(windowAsked(builtIn, 8192, true)).toEqual({ windowTokens: 8192 })
  })

  it('[E99] [C62] chosen for the model that runs, it is loaded again, and receipts name what it keeps', async () => {
    const longhand = await ready({ windowTokens: 1024 })
    await longhand.say('What is this?')
    expect((await lastManifest(longhand)).window).not.toHaveProperty('rolling')
    await longhand.actions.setRolling('scripted', true)
    const { engine } = await longhand.until(({ engine }) => engine.type === 'ready' && engine.loaded.rolling !== undefined)
    const rolling = { keptTokens: 1024, sinkTokens: 4 }
    expect(engine).toMatchObject({ loaded: { windowTokens: scriptedModel.contextLength, rolling } })
    await longhand.say(`Please remember: ${'red pens and blue cups, '.repeat(300)}`)
    const manifest = await lastManifest(longhand)
    expect(manifest.window).toMatchObject({ size: scriptedModel.contextLength, rolling })
    expect(manifest.actual?.inputTokens).toBeGreaterThan(rolling.keptTokens)
    await longhand.actions.setRolling('scripted', false)
    await longhand.until(({ engine }) => engine.type === 'ready' && engine.loaded.rolling === undefined)
  })

  it('[E99] a question beside the chat fits where the cache keeps all of it', async () => {
    const longhand = await ready({ windowTokens: 1024 })
    await longhand.actions.setRolling('scripted', true)
    await longhand.until(({ engine }) => engine.type === 'ready' && engine.loaded.rolling !== undefined)
    const question = (words: number) => ({ prompt: { system: 'Sum up.', user: 'word '.repeat(words) }, maxOutputTokens: 24 })
    const runtime = { store: longhand.store, counter: scriptedCounter }
    expect(fitsWindow(runtime, question(100))).toBe(true)
    expect(fitsWindow(runtime, question(3000))).toBe(false)
  })

  it('[E99] after want of memory what the cache keeps is halved, not the longest prompt', async () => {
    const longhand = await startTestLonghand({
      windowTokens: 4096,
      script: { loadError: (tokens) => (tokens > 2048 ? 'out-of-memory' : undefined) },
    })
    await longhand.actions.setRolling('scripted', true)
    await longhand.actions.loadModel('scripted')
    const { engine } = await longhand.until(({ engine }) => engine.type === 'ready')
    expect(engine).toMatchObject({ loaded: { windowTokens: 32_768, rolling: { keptTokens: 2048 } } })
    expect(longhand.state().settings.windows).toEqual({ scripted: 2048 })
  })
})

function fail(): never {
  throw new EngineError('internal', 'The built-in model has no GPU build.')
}
