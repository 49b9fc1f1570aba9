import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { oneAtATime } from '#engine/one-at-a-time.ts'
import type { EngineProgram } from '#engine/serve-engine.ts'
import {
  EngineError,
  type GenerateEvent,
  type GenerateRequest,
  type LoadedModel,
  type LoadProgress,
  type LoadRequest,
  type ScoreProgress,
  type ScoreRequest,
  type TokenScore,
} from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import { generateTokens } from './generate-tokens.ts'
import { loadPipeline, type Pipeline } from './pipeline.ts'
import type { KvContents } from './plan-reading.ts'
import { scoreTokens } from './score-tokens.ts'
import { runSelfTest } from './self-test.ts'
import { tryLoad } from './try-load.ts'

const emptyKv: KvContents = { ids: [], spans: [] }

/** The GPU engine, as it runs inside its own worker. */
export class WebllmEngine implements EngineProgram {
  readonly #gate = oneAtATime()
  readonly #fetch: typeof fetch
  #pipeline: Pipeline | undefined
  #kv = emptyKv

  /** `network` fetches model files; the worker's own `fetch` may answer from the cache only. */
  constructor(network: typeof fetch) {
    this.#fetch = network
  }

  async load(request: LoadRequest, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel> {
    const leave = await this.#gate.enter(signal)
    if (!leave) throw new EngineError('aborted', 'Loading was cancelled.')
    try {
      await this.#drop()
      return await this.#load(request, onProgress, signal)
    } finally {
      leave()
    }
  }

  async #load(
    { model, windowTokens }: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const build = model.builds.webllm
    if (!build?.baseUrl || !build.libraryUrl) throw new EngineError('internal', `${model.name} has no build for the GPU engine.`)
    const adapter = await requireGpu(model)
    // Hub models are fetched by the download page: the page that holds conversations talks to no other host.
    const mayDownload = model.source === 'built-in'
    await ensureModelFiles(build, { mayDownload, onProgress, signal, fetch: this.#fetch })
    if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
    onProgress({ type: 'prepare', fraction: 0 })
    const triedBytes = await tryLoad(adapter, build, windowTokens)
    if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
    this.#pipeline = await loadPipeline({
      modelId: model.id,
      baseUrl: absoluteUrl(build.baseUrl),
      libraryUrl: absoluteUrl(build.libraryUrl),
      windowTokens,
      onProgress: (fraction) => onProgress({ type: 'prepare', fraction }),
      signal,
    })
    this.#kv = emptyKv
    const { isSoftware, adapterName } = this.#pipeline
    const runsOn = isSoftware ? adapterName : `GPU, ${adapterName}`
    const selfTest = model.selfTest && (await runSelfTest(this.#pipeline, model.selfTest, signal))
    if (signal.aborted) {
      await this.#drop()
      throw new EngineError('aborted', 'Loading was cancelled.')
    }
    const tested = selfTest ? { selfTest } : {}
    return { engine: 'webllm', modelId: model.id, windowTokens, runsOn, scoresTokens: true, triedBytes, ...tested }
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const leave = await this.#gate.enter(signal)
    if (!leave) return yield cancelledBeforeItBegan
    try {
      const pipeline = this.#loaded()
      yield* generateTokens(pipeline, this.#kv, request, signal, (kv) => {
        this.#kv = kv
      })
    } finally {
      leave()
    }
  }

  async scoreTokens(
    request: ScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal: AbortSignal,
  ): Promise<readonly TokenScore[]> {
    const leave = await this.#gate.enter(signal)
    if (!leave) throw new EngineError('aborted', 'Scoring was cancelled.')
    try {
      return await scoreTokens(this.#loaded(), this.#kv, request, { onProgress, signal }, (kv) => {
        this.#kv = kv
      })
    } finally {
      leave()
    }
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    const { encode } = this.#loaded()
    return texts.map((text) => encode(text).length)
  }

  async unload(): Promise<void> {
    const leave = await this.#gate.enter()
    try {
      await this.#drop()
    } finally {
      leave?.()
    }
  }

  #loaded(): Pipeline {
    if (!this.#pipeline) throw new EngineError('not-loaded', 'No model is loaded.')
    return this.#pipeline
  }

  async #drop(): Promise<void> {
    const pipeline = this.#pipeline
    this.#pipeline = undefined
    this.#kv = emptyKv
    await pipeline?.unload()
  }
}

const cancelledBeforeItBegan: GenerateEvent = {
  type: 'generation-end',
  finishReason: 'cancelled',
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  prefillMs: 0,
  decodeMs: 0,
}

/** Says what is missing before anything is downloaded. */
async function requireGpu(model: Model): Promise<GPUAdapter> {
  const gpu = navigator.gpu as GPU | undefined
  if (!gpu) throw new EngineError('no-gpu', 'This browser offers no WebGPU here.')
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new EngineError('no-gpu', 'The browser gives this page no GPU.')
  if (model.builds.webllm?.needsF16 && !adapter.features.has('shader-f16'))
    throw new EngineError('unsupported-device', `${model.name} needs half precision (shader-f16), which this GPU does not offer.`)
  return adapter
}
