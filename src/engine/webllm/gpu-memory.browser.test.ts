import { describe, expect, it } from 'vitest'
import type { RollingWindow } from '#context/rolling-window.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { memoryNeed, rollingSpareTokens } from '#ports/memory-need.ts'
import type { Model } from '#ports/model.ts'
import { assert } from '#shared/assert.ts'
import { fetchFromCacheOnly } from './fetch-from-cache.ts'
import { loadPipeline } from './pipeline.ts'
import { runSelfTest } from './self-test.ts'
import { countBuffers } from './testing/count-buffers.ts'

const never = new AbortController().signal
const network = fetchFromCacheOnly()

async function load(model: Model, windowTokens: number, rolling?: RollingWindow) {
  const build = model.builds.webllm
  assert(build?.baseUrl && build.libraryUrl, 'it has a GPU build')
  await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never, fetch: network })
  const addresses = { baseUrl: absoluteUrl(build.baseUrl), libraryUrl: absoluteUrl(build.libraryUrl) }
  return {
    build,
    pipeline: await loadPipeline({
      modelId: model.id,
      ...addresses,
      windowTokens,
      rolling,
      onProgress: () => {},
      signal: never,
    }),
  }
}

describe('what the GPU is asked for', () => {
  it.each([
    ['tiny', tinyModel, 1024],
    ['tiny', tinyModel, 4096],
    ['smollm2-135m', builtIn, 4096],
  ] as const)('[E15] is what was predicted, within 5 %%: %s', async (_id, model, windowTokens) => {
    const buffers = countBuffers()
    const { build, pipeline } = await load(model, windowTokens)
    try {
      const wrote = await runSelfTest(
        pipeline,
        model.selfTest ?? { prompt: '1, 2, 3, 4, 5, 6, 7, 8,', tokens: 6, wants: '9' },
        never,
      )
      const need = memoryNeed(build, windowTokens)
      console.log(model.id, windowTokens, JSON.stringify({ most: buffers.most(), ...need, wrote }))
      expect(Math.abs(buffers.most() - need.totalBytes) / buffers.most()).toBeLessThan(0.05)
      expect(wrote.passed).toBe(model.selfTest !== undefined)
    } finally {
      await pipeline.unload()
      buffers.stop()
    }
  })

  it('[E96] in a rolling window is what was predicted for what the cache keeps, however long a prompt may be', async () => {
    const rolling = { keptTokens: 1024, sinkTokens: 4 }
    const buffers = countBuffers()
    const { build, pipeline } = await load(tinyModel, 4096, rolling)
    try {
      await runSelfTest(pipeline, { prompt: '1, 2, 3, 4, 5, 6, 7, 8,', tokens: 6, wants: '9' }, never)
      const need = memoryNeed(build, rolling.keptTokens + rollingSpareTokens)
      expect(Math.abs(buffers.most() - need.totalBytes) / buffers.most()).toBeLessThan(0.05)
    } finally {
      await pipeline.unload()
      buffers.stop()
    }
  })
})
