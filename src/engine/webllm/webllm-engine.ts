import { oneAtATime } from '#engine/one-at-a-time.ts'
import { refuseRolling } from '#engine/refuse-rolling.ts'
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
import { rollingSpareTokens } from '#ports/memory-need.ts'
import { generateTokens } from './generate-tokens.ts'
import { loadPipeline, type Pipeline } from './pipeline.ts'
import { prepareBuild } from './prepare-build.ts'
import { scoreTokens } from './score-tokens.ts'
import { runSelfTest } from './self-test.ts'
import { createSequencePool, type SequencePool } from './sequence-pool.ts'
import { testReuse } from './test-reuse.ts'
import { testRolling } from './test-rolling.ts'

/** The GPU engine, as it runs inside its own worker. */
export class WebllmEngine implements EngineProgram {
  readonly #gate = oneAtATime()
  readonly #fetch: typeof fetch
  #broken: (error: EngineError) => void = () => {}
  #model: { readonly pipeline: Pipeline; readonly pool: SequencePool } | undefined

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

  async #load(request: LoadRequest, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel> {
    const { model, windowTokens, rolling } = request
    refuseRolling(request, model.builds.webllm)
    const { triedBytes, ...addresses } = await prepareBuild(model.builds.webllm, {
      name: model.name,
      windowTokens: rolling ? rolling.keptTokens + rollingSpareTokens : windowTokens,
      // Hub models are fetched by the download page: the page that holds conversations talks to no other host.
      mayDownload: model.source === 'built-in',
      fetch: this.#fetch,
      onProgress,
      signal,
    })
    const loaded = await loadPipeline({
      modelId: model.id,
      ...addresses,
      windowTokens,
      rolling,
      onProgress: (fraction) => onProgress({ type: 'prepare', fraction }),
      signal,
    })
    this.#model = await usable(loaded)
    loaded.onLost((error) => this.#broken(error))
    const { isSoftware, adapterName, reuse } = this.#model.pipeline
    const runsOn = isSoftware ? adapterName : `GPU, ${adapterName}`
    const selfTest = model.selfTest && (await runSelfTest(this.#model.pipeline, model.selfTest, signal))
    if (signal.aborted) {
      await this.#drop()
      throw new EngineError('aborted', 'Loading was cancelled.')
    }
    const tested = selfTest ? { selfTest } : {}
    return {
      engine: 'webllm',
      modelId: model.id,
      windowTokens,
      ...(rolling && { rolling }),
      runsOn,
      scoresTokens: true,
      writesJson: 'held',
      reuse,
      triedBytes,
      ...tested,
    }
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const leave = await this.#gate.enter(signal)
    if (!leave) return yield cancelledBeforeItBegan
    try {
      const { pipeline, pool } = this.#loaded()
      const { prompt, conversation: owner, sampling, fresh = false } = request
      const { kv, keep } = pool.place({ prompt, owner, least: 0, most: sampling.maxOutputTokens, fresh })
      yield* generateTokens(pipeline, kv, request, signal, keep)
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
      const { pipeline, pool } = this.#loaded()
      const tokens = pipeline.encode(request.text).length
      const { kv, keep } = pool.place({ prompt: request.prompt, least: tokens, most: tokens })
      return await scoreTokens(pipeline, kv, request, { onProgress, signal }, keep)
    } finally {
      leave()
    }
  }

  async cachedConversations(): Promise<readonly string[]> {
    return this.#model?.pool.owners() ?? []
  }

  async countTokens(texts: readonly string[]): Promise<number[]> {
    const { encode } = this.#loaded().pipeline
    return texts.map((text) => encode(text).length)
  }

  /** Work under way waits for the GPU itself, and hears of a loss at once. */
  async check(): Promise<void> {
    await this.#model?.pipeline.check()
  }

  onBroken(callback: (error: EngineError) => void): void {
    this.#broken = callback
  }

  async unload(): Promise<void> {
    const leave = await this.#gate.enter()
    try {
      await this.#drop()
    } finally {
      leave?.()
    }
  }

  #loaded() {
    if (!this.#model) throw new EngineError('not-loaded', 'No model is loaded.')
    return this.#model
  }

  async #drop(): Promise<void> {
    const model = this.#model
    this.#model = undefined
    await model?.pipeline.unload()
  }
}

/** The pipeline without what of reuse does not work in this library. */
async function usable(loaded: Pipeline) {
  try {
    await testRolling(loaded)
    const pipeline = await testReuse(loaded)
    return { pipeline, pool: createSequencePool(pipeline) }
  } catch (error) {
    await loaded.unload()
    throw error
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
