import { type Engine, EngineError, type LoadedModel, type LoadProgress } from '#ports/engine.ts'
import type { EngineName, Model } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { noteTriedMemory } from './gpu-memory.ts'
import { rowOf } from './model-row.ts'
import { problemOf } from './problems.ts'
import { notify, type Runtime } from './runtime.ts'
import { selfTestWords } from './self-test-words.ts'
import type { EngineState } from './state.ts'

/** Loads, watches and unloads the model of this tab. */
export interface EngineSupervisor {
  /** Loads a model; resolves when it is ready, failed or cancelled, all of which the state tells. */
  load(model: Model): Promise<void>
  cancelLoad(): void
  unload(): Promise<void>
  /** The loaded engine, or EngineError `not-loaded`. */
  ready(): { readonly engine: Engine; readonly model: Model; readonly loaded: LoadedModel; readonly counter: TokenCounter }
  setGenerating(generating: boolean): void
  /** A generation failed: decides whether the engine is still usable. */
  reportFailure(error: EngineError): void
}

/** Failures after which the engine's worker cannot be trusted any more. */
const fatal = new Set<EngineError['type']>(['device-lost', 'worker-crashed', 'out-of-memory', 'internal'])

export function createEngineSupervisor(runtime: Runtime): EngineSupervisor {
  const { services, store } = runtime
  let engine: Engine | undefined
  let ready: { engine: Engine; model: Model; loaded: LoadedModel; counter: TokenCounter } | undefined
  let loading: AbortController | undefined

  function show(state: EngineState): void {
    store.setState({ engine: state })
    services.tabs.publish({ type: 'engine', engine: state })
  }
  function drop(): void {
    engine?.dispose()
    engine = undefined
    ready = undefined
    runtime.counter = undefined
    runtime.inCache.clear()
  }

  async function load(model: Model): Promise<void> {
    loading?.abort()
    const { settings, device } = store.getState()
    const available = Object.keys(services.engines) as EngineName[]
    const { engine: name, cannotRun = '', windowTokens } = rowOf(model, device, settings, available).row
    if (!name) return show({ type: 'error', model, problem: problemOf(new EngineError('unsupported-device', cannotRun)) })

    // Turns are prepared and consolidated by code that the shell does without: it is fetched together with the engine, so that
    // a loaded model needs the server no more. Where that fails, the first turn tries again and says so.
    for (const part of [import('./lay-turn.ts'), import('./consolidate-handler.ts'), import('./title-handler.ts')])
      part.catch(() => {})

    const controller = new AbortController()
    loading = controller
    const startedAt = services.clock.now()
    const rate = createRate()
    const base = { type: 'loading', model, engine: name, startedAt } as const
    let shownAt = 0
    const report = (progress: LoadProgress) => {
      const now = services.clock.now()
      const speed = progress.type === 'download' ? rate(now, progress.doneBytes) : undefined
      const ended = progress.type === 'download' && progress.doneBytes === progress.totalBytes
      if (now - shownAt < 100 && !ended) return
      shownAt = now
      const left = speed && progress.type === 'download' ? (progress.totalBytes - progress.doneBytes) / speed : undefined
      show({
        ...base,
        progress,
        ...(speed ? { bytesPerSecond: speed } : {}),
        ...(left === undefined ? {} : { secondsLeft: left }),
      })
    }
    try {
      drop()
      show({ ...base, progress: undefined })
      const create = services.engines[name]
      if (!create) throw new EngineError('unsupported-device', `The engine ${name} is not part of this build.`)
      const made = create()
      engine = made
      const loaded = await made.load({ model, windowTokens }, report, controller.signal)
      const counter = await services.loadTokenCounter(model, controller.signal)
      if (controller.signal.aborted) throw new EngineError('aborted', 'Cancelled.')
      ready = { engine: made, model, loaded, counter }
      runtime.counter = counter
      await services.storage.settings.set('last-model', model.id)
      show({ type: 'ready', model, loaded })
      if (loaded.triedBytes !== undefined) await noteTriedMemory(runtime, loaded.triedBytes)
      const { selfTest } = loaded
      if (selfTest && !selfTest.passed) notify(runtime, { tone: 'bad', ...selfTestWords(model, selfTest) })
    } catch (error) {
      if (loading !== controller) return
      drop()
      const cancelled = controller.signal.aborted || (error instanceof EngineError && error.type === 'aborted')
      show(cancelled ? { type: 'none' } : { type: 'error', model, problem: problemOf(error) })
    } finally {
      if (loading === controller) loading = undefined
    }
  }

  return {
    load,
    cancelLoad: () => loading?.abort(),
    async unload() {
      loading?.abort()
      await services.storage.settings.set('last-model', '')
      await ready?.engine.unload()
      drop()
      show({ type: 'none' })
    },
    ready() {
      if (!ready) throw new EngineError('not-loaded', 'No model is loaded.')
      return ready
    },
    setGenerating(generating) {
      if (ready) show({ type: generating ? 'generating' : 'ready', model: ready.model, loaded: ready.loaded })
    },
    reportFailure(error) {
      if (!ready || !fatal.has(error.type)) return
      const { model } = ready
      drop()
      show({ type: 'error', model, problem: problemOf(error) })
      notify(runtime, { tone: 'bad', text: problemOf(error).title, action: { label: 'Load again', run: () => void load(model) } })
    },
  }
}

/** Bytes per second over the last three seconds; undefined until one second was seen. */
function createRate() {
  const seen: { at: number; bytes: number }[] = []
  return (at: number, bytes: number): number | undefined => {
    seen.push({ at, bytes })
    while (seen.length > 2 && at - (seen[0]?.at ?? at) > 3000) seen.shift()
    const first = seen[0]
    if (!first || at - first.at < 1000) return undefined
    return ((bytes - first.bytes) / (at - first.at)) * 1000
  }
}
