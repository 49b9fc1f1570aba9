import { oneAtATime } from '#engine/one-at-a-time.ts'
import { refuseRolling } from '#engine/refuse-rolling.ts'
import type { EngineProgram } from '#engine/serve-engine.ts'
import { wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import { EngineError, type GenerateEvent, type GenerateRequest, type LoadRequest } from '#ports/engine.ts'
import { followGeneration } from './follow-generation.ts'
import { createPromptMemory, type PromptMemory } from './prompt-memory.ts'
import { withoutStart } from './prove-model.ts'
import { type StartedModel, startModel } from './start-model.ts'

type Loaded = LoadRequest & { readonly started: StartedModel; runner: StartedModel['runner']; memory: PromptMemory }

/** The CPU engine, as it runs inside its own worker. */
export function wllamaProgram(): EngineProgram {
  const gate = oneAtATime()
  let loaded: Loaded | undefined

  async function clear(): Promise<void> {
    const { runner } = loaded ?? {}
    loaded = undefined
    await runner?.exit()
  }
  const freshMemory = ({ model }: LoadRequest) => createPromptMemory(model.builds.wllama?.kvBytesPerToken ?? 0)

  async function* run(state: Loaded, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const { model, windowTokens, started } = state
    const { prompt: parts, sampling, stop, fresh = false } = request
    // Without a counter of its own the engine refuses what is too long, and tells the count.
    const inputTokens = parts.reduce((sum, part) => sum + (started.counter?.count(part.text) ?? 0), 0)
    if (inputTokens >= windowTokens)
      throw new EngineError('context-overflow', `The prompt has ${inputTokens} tokens, the window ${windowTokens}.`)
    if (state.memory.isFull()) {
      await state.runner.exit()
      state.runner = await started.restart()
      state.memory = freshMemory(state)
    }
    const text = wellFormed(parts.map((part) => part.text).join(''))
    const prompt = withoutStart(state.runner, model.template.start, text)
    // llama.cpp rounds the window up; ours is what was asked for.
    const maxOutputTokens = Math.min(sampling.maxOutputTokens, windowTokens - inputTokens)
    const completion = { ...sampling, prompt, stop, fresh, maxOutputTokens }
    for await (const event of followGeneration(inputTokens, (onChunk) => state.runner.complete(completion, onChunk, signal))) {
      if (event.type === 'generation-end') state.memory.note({ ...event, fresh }, request.conversation)
      yield event
    }
  }

  return {
    async load(request, onProgress, signal) {
      const leave = await gate.enter(signal)
      if (!leave) throw new EngineError('aborted', 'Loading was cancelled.')
      try {
        refuseRolling(request)
        await clear()
        const started = await startModel(request, onProgress, signal)
        loaded = { ...request, started, runner: started.runner, memory: freshMemory(request) }
        return {
          engine: 'wllama',
          modelId: request.model.id,
          windowTokens: request.windowTokens,
          runsOn: started.runsOn,
          scoresTokens: false,
          writesJson: 'held',
          reuse: 'several',
          ...(started.selfTest && { selfTest: started.selfTest }),
          ...(!started.counter && { countsDiffer: true }),
        }
      } finally {
        leave()
      }
    },
    async *generate(request, signal) {
      const leave = await gate.enter(signal)
      try {
        if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
        if (leave) yield* run(loaded, request, signal)
        else yield cancelledEnd
      } catch (error) {
        // The runner is dead, or could not be started again.
        if (error instanceof EngineError && (error.type === 'worker-crashed' || error.type === 'out-of-memory')) await clear()
        throw error
      } finally {
        leave?.()
      }
    },
    // wllama gives probabilities of the tokens that it chooses itself, none of a text that is given.
    async scoreTokens() {
      if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
      throw new EngineError('not-offered', 'wllama gives no probabilities of the tokens of a given text.')
    },
    async cachedConversations() {
      return loaded?.memory.held() ?? []
    },
    async countTokens(texts) {
      if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
      const { counter } = loaded.started
      if (!counter) throw new EngineError('not-offered', 'The tokens of this model are counted when it reads them.')
      return texts.map((text) => counter.count(text))
    },
    async unload() {
      const leave = await gate.enter()
      await clear()
      leave?.()
    },
  }
}

/** Cancelled while it waited for another generation: nothing was read. */
const cancelledEnd: GenerateEvent = {
  type: 'generation-end',
  finishReason: 'cancelled',
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  prefillMs: 0,
  decodeMs: 0,
}
