import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tinyEmbedder } from '#engine/catalogue/tiny-embedder.ts'
import { deleteModelFiles } from '#engine/model-files/model-files-state.ts'
import { describeEmbedderContract } from '#ports/embedder.contract.ts'
import type { Embedder, EmbedderModel } from '#ports/embedder.ts'
import { createWebllmEmbedder } from './create-webllm-embedder.ts'
import { webllmEmbedderProgram } from './webllm-embedder-program.ts'

/** Milliseconds: other programs may hold the cores. */
const slowMs = 120_000
const never = new AbortController().signal
const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  Array.from(a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0)

describe('[E100] the tiny embedder in web-llm', () => {
  describeEmbedderContract('webllm', () => ({ create: createWebllmEmbedder, model: tinyEmbedder, slowMs }))
})

describe('the embedder on the GPU', () => {
  let embedder: Embedder
  beforeAll(async () => {
    embedder = createWebllmEmbedder()
    await embedder.load(tinyEmbedder, () => {}, never)
  }, slowMs)
  afterAll(() => embedder?.close())

  it('[E100] reads a long text by its beginning, and what stands in a text for an end as no end', async () => {
    const word = 'salt '
    const [long, longer, other] = await embedder.embed(
      [word.repeat(300), `${word.repeat(300)}and then the sea`, 'the sea'],
      never,
    )
    expect(dot(long, longer)).toBeCloseTo(1, 4)
    expect(dot(long, other)).toBeLessThan(0.95)
    const [plain, marked] = await embedder.embed(['a walk by the sea', '[CLS] a walk [SEP] by [PAD] the [MASK] sea'], never)
    expect(dot(plain, marked)).toBeCloseTo(1, 4)
  }, 60_000)

  it(
    '[E101] fetches nothing of the hub, and says what is missing',
    async () => {
      const { build } = tinyEmbedder.gpu
      const ofHub: EmbedderModel = { ...tinyEmbedder, gpu: { ...tinyEmbedder.gpu, source: 'hub' } }
      const other = createWebllmEmbedder()
      await deleteModelFiles(build)
      await expect(other.load(ofHub, () => {}, never)).rejects.toMatchObject({ type: 'file-missing' })
      await other.load(tinyEmbedder, () => {}, never)
      await other.load(ofHub, () => {}, never)
      other.close()
    },
    slowMs,
  )

  it(
    '[E101] says that there is no GPU, and from when on a GPU is gone',
    async () => {
      const program = webllmEmbedderProgram(fetch)
      const gpu = vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null)
      await expect(program.load(tinyEmbedder, () => {}, never)).rejects.toMatchObject({ type: 'no-gpu' })
      gpu.mockRestore()
      const devices = vi.spyOn(GPUAdapter.prototype, 'requestDevice')
      await program.load(tinyEmbedder, () => {}, never)
      expect(await program.embed('still there')).toHaveLength(tinyEmbedder.dimensions)
      for (const { value } of devices.mock.results) ((await value) as GPUDevice).destroy()
      devices.mockRestore()
      for (const text of ['gone', 'still gone']) await expect(program.embed(text)).rejects.toMatchObject({ type: 'device-lost' })
    },
    slowMs,
  )

  it(
    '[E102] asks for its memory before it loads, and says where there is not enough',
    async () => {
      const { gpu } = tinyEmbedder
      const huge: EmbedderModel = { ...tinyEmbedder, gpu: { ...gpu, build: { ...gpu.build, workingBytes: 1e15 } } }
      const other = createWebllmEmbedder()
      await expect(other.load(huge, () => {}, never)).rejects.toMatchObject({ type: 'out-of-memory' })
      await other.load(tinyEmbedder, () => {}, never)
      expect(await other.embed(['and on'], never)).toHaveLength(1)
      other.close()
    },
    slowMs,
  )
})
