import { oneAtATime } from '#engine/one-at-a-time.ts'
import { loadTokenCounter, wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import { type Engine, EngineError, type GenerateEvent, type GenerateRequest, type LoadProgress } from '#ports/engine.ts'
import type { Model, ModelFile } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { followGeneration } from './follow-generation.ts'
import { type Runner, startRunner } from './runner.ts'

/** Where the engine gets a model's files from: in the product the cache, filled on demand. */
export type ReadFiles = (
  files: readonly ModelFile[],
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, Blob>>

type Loaded = { readonly model: Model; readonly windowTokens: number; readonly counter: TokenCounter; readonly runner: Runner }

/** The CPU engine, as it runs inside its own worker. */
export function wllamaProgram(readFiles: ReadFiles): Pick<Engine, 'load' | 'generate' | 'countTokens' | 'unload'> {
  const gate = oneAtATime()
  let loaded: Loaded | undefined

  async function unload(): Promise<void> {
    const { runner } = loaded ?? {}
    loaded = undefined
    await runner?.exit()
  }

  async function* run(state: Loaded, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const { model, counter, runner, windowTokens } = state
    const inputTokens = request.prompt.reduce((sum, part) => sum + counter.count(part.text), 0)
    if (inputTokens >= windowTokens)
      throw new EngineError('context-overflow', `The prompt has ${inputTokens} tokens, the window ${windowTokens}.`)
    const { sampling, stop } = request
    const text = wellFormed(request.prompt.map((part) => part.text).join(''))
    const { start } = model.template
    const prompt = runner.addsStartToken && start !== '' && text.startsWith(start) ? text.slice(start.length) : text
    const follow = followGeneration(inputTokens, (onChunk) => runner.complete({ prompt, stop, ...sampling }, onChunk, signal))
    try {
      yield* follow
    } catch (error) {
      if (error instanceof EngineError && error.type === 'worker-crashed') await unload()
      throw error
    }
  }

  return {
    async load({ model, windowTokens }, onProgress, signal) {
      const leave = await gate.enter(signal)
      try {
        await unload()
        const build = model.builds.wllama
        if (!build) throw new EngineError('internal', `${model.name} has no build for the CPU engine.`)
        const files = await readFiles(build.files, onProgress, signal)
        const weights = build.files.find((file) => file.role === 'weights')
        const file = weights && files.get(weights.url)
        const tokenizer = files.get(model.tokenizerUrl)
        if (!file || !tokenizer) throw new EngineError('file-missing', `A file of ${model.name} is missing.`)
        const counter = loadTokenCounter(model.tokenizerId, JSON.parse(await tokenizer.text()))
        onProgress({ type: 'prepare' })
        const runner = await startRunner(file, windowTokens, 1, signal)
        loaded = { model, windowTokens, counter, runner }
        const runsOn = runner.threads === 1 ? 'CPU, 1 thread' : `CPU, ${runner.threads} threads`
        return { engine: 'wllama', modelId: model.id, windowTokens, runsOn }
      } finally {
        leave?.()
      }
    },
    async *generate(request, signal) {
      const leave = await gate.enter(signal)
      try {
        if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
        yield* run(loaded, request, signal)
      } finally {
        leave?.()
      }
    },
    async countTokens(texts) {
      if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
      const { counter } = loaded
      return texts.map((text) => counter.count(text))
    },
    async unload() {
      const leave = await gate.enter()
      await unload()
      leave?.()
    },
  }
}
