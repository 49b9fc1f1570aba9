import { describe, expect, it } from 'vitest'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { gpuEmbedders } from '#engine/catalogue/gpu-embedders.ts'
import { tinyEmbedder } from '#engine/catalogue/tiny-embedder.ts'
import { EngineError } from '#ports/engine.ts'
import { ready, startTestLonghand, type TestLonghand } from '#runtime/longhand.fixture.ts'
import { embeddersHere } from './chosen-embedder.ts'
import { embedderProblem } from './embedder-problem.ts'

const embedders = [miniLm, tinyEmbedder]
const caughtUp = (longhand: TestLonghand) => longhand.until(({ embedder }) => embedder.type === 'ready' && !embedder.catchingUp)

describe('[E101] an embedder on the GPU', () => {
  it('is on the list only where there is a GPU, and off until it is chosen', async () => {
    const longhand = await ready({ embedders })
    const { embedderModels, device, embedder } = longhand.state()
    expect(embedder.type).toBe('off')
    expect(embeddersHere({ embedderModels, device })).toEqual([miniLm])
    expect(embeddersHere({ embedderModels, device: { ...device, gpu: 'software' } })).toEqual([miniLm])
    expect(embeddersHere({ embedderModels, device: { ...device, gpu: 'real' } })).toEqual(embedders)
    await longhand.actions.updateSettings({ meaning: 'neural' })
    await caughtUp(longhand)
    expect(longhand.state().settings.embedder).toBeUndefined()
  })

  it('[E88] has vectors of its own, and those made before are let go', async () => {
    const longhand = await ready({ embedders })
    await longhand.say('The red bicycle stands in the cellar')
    const ids = longhand.state().open?.messages.flatMap(({ role, id }) => (role === 'user' ? [id] : [])) ?? []
    await longhand.actions.updateSettings({ meaning: 'neural' })
    await caughtUp(longhand)
    await longhand.actions.chooseEmbedder(tinyEmbedder.id)
    await caughtUp(longhand)
    const lengths = (await longhand.storage.vectors.get(tinyEmbedder.id, ids)).map(({ vector }) => vector.length)
    expect(lengths).toEqual([tinyEmbedder.dimensions])
    expect(await longhand.storage.vectors.get(miniLm.id, ids)).toEqual([])
    await longhand.actions.deleteEmbedder(tinyEmbedder.id)
    expect(longhand.state().embedderModels).toEqual(embedders)
    expect(longhand.state().settings.embedder).toBeUndefined()
  })

  it('says where to fetch it when it comes from the hub, and what to do without a GPU', () => {
    const missing = new EngineError('file-missing', 'no file')
    expect(embedderProblem(missing, gpuEmbedders[0]).title).toBe('The neural model is not in this browser yet.')
    expect(embedderProblem(missing, miniLm).title).toBe('The neural model is not on this server.')
    expect(embedderProblem(new EngineError('no-gpu', 'none')).advice).toBe('Choose a neural model that runs on the processor.')
  })
})

describe('[E102] beside the chat model', () => {
  it('waits while that is loaded, and reads messages then', async () => {
    const longhand = await ready({ embedders, script: { loadSteps: 2, loadStepMs: 1500 } })
    await longhand.say('The red bicycle stands in the cellar')
    await longhand.actions.unloadModel()
    const loading = longhand.actions.loadModel('scripted')
    await longhand.until(({ engine }) => engine.type === 'loading')
    await longhand.actions.updateSettings({ meaning: 'neural', embedder: tinyEmbedder.id })
    const { embedder } = await longhand.until(({ engine }) => engine.type === 'ready')
    expect(embedder).toMatchObject({ type: 'ready', messages: 0 })
    await loading
    expect(await caughtUp(longhand)).toMatchObject({ embedder: { messages: 1 } })
  })
})

describe('[E102] where there is not enough memory for both', () => {
  it('closes the embedder, says so, and loads the chat model once more with the same window', async () => {
    let both: () => boolean = () => false
    const tried: number[] = []
    const loadError = (windowTokens: number) => {
      tried.push(windowTokens)
      return both() ? ('out-of-memory' as const) : undefined
    }
    const longhand = await startTestLonghand({ embedders, script: { loadError } })
    both = () => longhand.state().embedder.type === 'ready'
    await longhand.actions.updateSettings({ meaning: 'neural', embedder: tinyEmbedder.id })
    await caughtUp(longhand)
    await longhand.actions.loadModel('scripted')
    const { engine, embedder } = await longhand.until((state) => state.engine.type === 'ready')
    expect(engine).toMatchObject({ loaded: { windowTokens: tried[0] } })
    expect(embedder).toMatchObject({
      type: 'error',
      problem: { title: 'The neural model was closed: the chat model needed the memory of the GPU.' },
    })
    longhand.actions.retryEmbedder()
    await caughtUp(longhand)
  })

  it('leaves one on the processor alone', async () => {
    const loadError = (windowTokens: number) => (windowTokens > 2048 ? ('out-of-memory' as const) : undefined)
    const longhand = await startTestLonghand({ embedders, windowTokens: 4096, script: { loadError } })
    await longhand.actions.updateSettings({ meaning: 'neural' })
    await caughtUp(longhand)
    await longhand.actions.loadModel('scripted')
    const { engine, embedder } = await longhand.until((state) => state.engine.type === 'ready')
    expect(engine).toMatchObject({ loaded: { windowTokens: 2048 } })
    expect(embedder.type).toBe('ready')
  })
})
