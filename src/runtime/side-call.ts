import { renderSidePrompt, type SidePrompt } from '#context/render-side-prompt.ts'
import { EngineError } from '#ports/engine.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { guardedTemplate } from './guarded-template.ts'
import { keepCached } from './in-cache.ts'
import { mayWorkBeside } from './remote/remote-model.ts'
import { cachedWindow } from './rolling-load.ts'
import type { Runtime } from './runtime.ts'

/** The engine that has a model loaded, or EngineError `not-loaded`. */
export type LoadedEngine = Pick<EngineSupervisor, 'ready'>

export type SideQuestion = {
  readonly prompt: SidePrompt
  readonly maxOutputTokens: number
  readonly stop?: readonly string[]
}

/**
 * Asks the loaded model something beside the chat, greedily, while no turn runs. A turn that arrives aborts it: the promise
 * then rejects with an AbortError and the job that asked is run again later.
 */
export async function sideCall(
  runtime: Runtime,
  supervisor: LoadedEngine,
  ask: SideQuestion,
  signal: AbortSignal,
): Promise<string> {
  return runtime.engineRoom.run('background', (abort) => askEngine(runtime, supervisor, ask, abort), signal)
}

/** The same for who has the engine already. Rejects with an AbortError when it is aborted. */
export async function askEngine(
  runtime: Runtime,
  supervisor: LoadedEngine,
  ask: SideQuestion,
  abort: AbortSignal,
): Promise<string> {
  const { engine, model } = supervisor.ready()
  if (!mayWorkBeside(model))
    throw new EngineError('not-offered', `${model.name} runs on a server that may not be asked beside the chat.`)
  const request = {
    prompt: renderSidePrompt(guardedTemplate(runtime, model), ask.prompt),
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: ask.maxOutputTokens },
    stop: [...model.template.stop, ...(ask.stop ?? [])],
  }
  let text = ask.prompt.begun ?? ''
  try {
    for await (const event of engine.generate(request, abort)) {
      if (event.type === 'text-delta') text += event.text
      else if (event.type === 'generation-end' && event.finishReason === 'cancelled')
        throw new DOMException('A turn came first.', 'AbortError')
    }
  } finally {
    await keepCached(runtime, engine)
  }
  return text
}

/**
 * Whether a question and its answer fit the window, beside tokens that stay there: what was cut off would be taken for read
 * (rule M5). So does what rolls out, which counts as not fitting.
 */
export function fitsWindow(
  { store, counter }: Pick<Runtime, 'store' | 'counter'>,
  { prompt, maxOutputTokens }: SideQuestion,
  beside = 0,
): boolean {
  const { engine } = store.getState()
  if (!counter || (engine.type !== 'ready' && engine.type !== 'generating')) return false
  const parts = renderSidePrompt(guardedTemplate({ counter }, engine.model), prompt)
  return parts.reduce((sum, { text }) => sum + counter.count(text), maxOutputTokens + beside) <= cachedWindow(engine.loaded)
}
