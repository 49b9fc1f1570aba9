import { afterEach, describe, expect, it } from 'vitest'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { keepFile } from '#engine/model-files/file-cache.ts'
import { modelFilesStates } from '#engine/model-files/model-files-state.ts'
import { type Engine, EngineError } from '#ports/engine.ts'
import type { Model, ModelBuild } from '#ports/model.ts'
import { createWebllmEngine } from './create-webllm-engine.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

const never = new AbortController().signal
const build = tinyModel.builds.webllm as ModelBuild

const failure = async (work: Promise<unknown>): Promise<EngineError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EngineError)
  return error as EngineError
}

describe('faults of the GPU engine', () => {
  let engine: Engine | undefined
  const load = (model: Model, windowTokens = 256) => {
    engine = createWebllmEngine()
    return engine.load({ model, windowTokens }, () => {}, never)
  }
  afterEach(() => engine?.dispose())

  it('[E21] finds a wrong byte in a kept shard, fetches it again and loads', async () => {
    await load(tinyModel)
    engine?.dispose()
    const shard = build.files.find((file) => file.url.endsWith('.bin'))
    expect(shard).toBeDefined()
    if (!shard) return
    const response = await fetch(shard.url)
    const bytes = new Uint8Array(await response.arrayBuffer())
    bytes[1000] = (bytes[1000] as number) ^ 1
    await keepFile(shard, bytes)
    expect(await load(tinyModel)).toMatchObject({ modelId: 'tiny' })
    expect((await modelFilesStates([build]))[0]?.onDisk).toBe('yes')
  })

  it('says that a hub model must be downloaded first, without asking the network', async () => {
    const hub: Model = {
      ...tinyModel,
      source: 'hub',
      builds: { webllm: { ...build, files: [], baseUrl: `${location.origin}/elsewhere/resolve/main/` } },
    }
    expect((await failure(load(hub))).type).toBe('file-missing')
  })

  it('says what the device lacks before anything is downloaded', async () => {
    const needy: Model = { ...tinyModel, builds: { webllm: { ...build, needsF16: true } } }
    const error = await failure(load(needy))
    expect(error.type).toBe('unsupported-device')
    expect(error.message).toContain('shader-f16')
  })

  it('says that a window is too large for the GPU', async () => {
    // At four million tokens the KV cache of one layer alone passes the largest buffer.
    expect((await failure(load(tinyModel, 4_000_000))).type).toBe('out-of-memory')
  })

  it('reports a lost device while writing, and from then on', async () => {
    const devices: GPUDevice[] = []
    const original = GPUAdapter.prototype.requestDevice
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...options) {
      const device = await original.apply(this, options)
      devices.push(device)
      return device
    }
    const tiny = await TinySession.load(256).finally(() => {
      GPUAdapter.prototype.requestDevice = original
    })
    const request = greedy(chatPrompt('x', ['Talk.'], 'YYYYYYYYYYYY'), 100)
    const work = async () => {
      for await (const event of tiny.events(request)) if (event.type === 'text-delta') devices.at(-1)?.destroy()
    }
    expect((await failure(work())).type).toBe('device-lost')
    expect((await failure(tiny.reply(request))).type).toBe('device-lost')
    await tiny.pipeline.unload()
  })
})
