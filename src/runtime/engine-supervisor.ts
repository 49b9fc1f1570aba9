import { type Engine, EngineError, type EngineErrorType, type LoadedModel, type LoadProgress } from '#ports/engine.ts'
import type { EngineName, Model } from '#ports/model.ts'
import { LEAST_WINDOW } from '#ports/plan-window.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { noteTriedMemory } from './gpu-memory.ts'
import { createLoadRate } from './load-rate.ts'
import { rowOf } from './model-row.ts'
import { problemOf } from './problems.ts'
import { decideRecovery, type Failure } from './recovery/decide-recovery.ts'
import { lastingProblem, loadedNews } from './recovery/recovery-words.ts'
import { cachedWindow, windowAsked } from './rolling-load.ts'
import { notify, type Runtime, withdrawNotice } from './runtime.ts'
import { saveSettings } from './settings-actions.ts'
import type { EngineState } from './state.ts'

/**
 * Loads, watches and unloads the model of this tab. Its states are those of `EngineState`; every failure ends in `ready` again
 * or in `error`, which says what to do (E40 to E48 of src/engine/SPEC.md).
 */
export interface EngineSupervisor {
  /** Loads a model; resolves when it is ready, failed, cancelled or to be tried again later, all of which the state tells. */
  load(model: Model): Promise<void>
  /** Ends a load, or the wait for the next one. */
  cancelLoad(): void
  /** Does now what is waited for. */
  tryNow(): void
  /** Makes an engine that gives no sign of life anew. */
  restart(): void
  unload(): Promise<void>
  /** Another tab has taken the model over: this one frees what it holds, and says nothing of it. */
  release(): void
  /** The page was hidden, frozen or asleep: is what the engine runs on still there? */
  check(): Promise<void>
  /** The loaded engine, or EngineError `not-loaded`. */
  ready(): Ready
  setGenerating(generating: boolean): void
  /** Work on an engine failed: decides whether that engine is still usable. */
  reportFailure(engine: Engine, error: EngineError): void
}

type Ready = { readonly engine: Engine; readonly model: Model; readonly loaded: LoadedModel; readonly counter: TokenCounter }
type Again = NonNullable<Extract<EngineState, { type: 'loading' }>['again']>

/** Failures after which the engine's worker cannot be trusted any more. */
const ending: ReadonlySet<EngineErrorType> = new Set(['device-lost', 'worker-crashed', 'out-of-memory', 'internal'])
export const endsEngine = (error: unknown) => error instanceof EngineError && ending.has(error.type)

/** What an idle engine may take to answer after the page came back, in milliseconds. */
const checkMs = 8_000

export function createEngineSupervisor(runtime: Runtime): EngineSupervisor {
  const { services, store } = runtime
  let engine: Engine | undefined
  let ready: Ready | undefined
  let loading: AbortController | undefined
  let waiting: { readonly controller: AbortController; readonly go: () => void; readonly giveUp: () => void } | undefined
  /** Since a person last asked for the model. */
  let failures: Failure[] = []
  /** The largest window that was tried since then. */
  let wantedTokens = 0
  /** When the GPU went away, until it is had again. */
  let lostAt: number | undefined

  function show(state: EngineState): void {
    store.setState({ engine: state })
    if (state.type !== 'ready' && state.type !== 'generating') withdrawNotice(runtime, 'engine')
    services.tabs.publish({ type: 'engine', engine: state })
  }
  function drop(why?: EngineError): void {
    const dropped = engine
    engine = undefined
    ready = undefined
    runtime.counter = undefined
    runtime.inCache.clear()
    dropped?.dispose(why)
  }
  function stopWaiting(): void {
    waiting?.controller.abort()
    waiting = undefined
  }
  function rowHere(model: Model) {
    const { settings, device } = store.getState()
    return rowOf(model, device, settings, Object.keys(services.engines) as EngineName[]).row
  }

  /** What to do about a failure is decided in one place; here it is done. */
  async function fail(
    model: Model,
    error: EngineError,
    during: Failure['during'],
    windowTokens: number,
    /** A person asked for the model to be made anew. */
    asked = false,
  ): Promise<void> {
    drop(error)
    if (error.type === 'device-lost') lostAt = services.clock.now()
    failures = [...failures, { type: error.type, at: services.clock.now(), during }]
    const safeTokens = rowHere(model).plan?.safeTokens
    const next = decideRecovery({
      failures,
      windowTokens,
      leastTokens: Math.min(LEAST_WINDOW, model.contextLength),
      unaskedOutside: model.source === 'remote' && !asked,
      ...(safeTokens ? { safeTokens } : {}),
      ...(lostAt === undefined ? {} : { lostAt }),
    })
    const problem = problemOf(error)
    // An embedder’s memory may be what was short: the same window is tried once more without it.
    if (error.type === 'out-of-memory' && rowHere(model).engine !== 'wllama' && runtime.embedding.giveWay())
      return start(model, { problem, windowTokens })
    if (next.type === 'stop') {
      const lasting = lastingProblem(problem, next)
      show({ type: 'error', model, problem: lasting })
      if (during === 'use')
        notify(runtime, {
          about: 'engine',
          tone: 'bad',
          text: lasting.title,
          action: { label: 'Load again', run: () => void load(model) },
        })
      return
    }
    wantedTokens = Math.max(wantedTokens, windowTokens)
    const smaller = next.windowTokens < wantedTokens
    const again: Again = { problem, windowTokens: next.windowTokens, ...(smaller ? { fromTokens: wantedTokens } : {}) }
    if (next.afterMs === 0) return start(model, again)
    const controller = new AbortController()
    const go = () => {
      stopWaiting()
      void start(model, again)
    }
    waiting = { controller, go, giveUp: () => show({ type: 'error', model, problem }) }
    show({ type: 'waiting', model, problem, until: services.clock.now() + next.afterMs })
    void services.pause(next.afterMs, controller.signal).then(() => controller.signal.aborted || go())
  }

  async function load(model: Model): Promise<void> {
    failures = []
    wantedTokens = 0
    stopWaiting()
    await start(model)
  }

  async function start(model: Model, again?: Again): Promise<void> {
    loading?.abort()
    const { engine: name, cannotRun = '', windowTokens: chosenTokens, rolling } = rowHere(model)
    const windowTokens = again?.windowTokens ?? chosenTokens
    if (!name) return show({ type: 'error', model, problem: problemOf(new EngineError('unsupported-device', cannotRun)) })

    // Turns are prepared and consolidated by code that the shell does without: it is fetched together with the engine, so that
    // a loaded model needs the server no more. Where that fails, the first turn tries again and says so.
    for (const part of [import('./lay-turn.ts'), import('./consolidate-handler.ts'), import('./title-handler.ts')])
      part.catch(() => {})

    const controller = new AbortController()
    loading = controller
    const base = { type: 'loading', model, engine: name, startedAt: services.clock.now(), ...(again ? { again } : {}) } as const
    try {
      drop()
      show({ ...base, progress: undefined })
      const create = services.engines[name]
      if (!create) throw new EngineError('unsupported-device', `The engine ${name} is not part of this build.`)
      const made = create()
      engine = made
      let broken: EngineError | undefined
      made.watch((news) => {
        if (engine !== made) return
        if (news.type !== 'broken') return showSilence(news.type === 'silent')
        broken = news.error
        if (ready) void fail(model, news.error, 'use', windowTokens)
      })
      const asked = windowAsked(model, windowTokens, rolling === 'on')
      const loaded = await made.load({ model, ...asked }, reporter(base), controller.signal)
      const exact = await services.loadTokenCounter(model, controller.signal)
      const counter: TokenCounter = loaded.countsDiffer ? { ...exact, estimates: true } : exact
      if (controller.signal.aborted) throw new EngineError('aborted', 'Cancelled.')
      if (broken) throw broken
      ready = { engine: made, model, loaded, counter }
      runtime.counter = counter
      lostAt = undefined
      await services.storage.settings.set('last-model', model.id)
      if (ready?.engine !== made) return
      show({ type: 'ready', model, loaded })
      await tellOfLoaded(ready, again)
    } catch (error) {
      if (loading !== controller) return
      const cancelled = controller.signal.aborted || (error instanceof EngineError && error.type === 'aborted')
      if (!cancelled && error instanceof EngineError) return await fail(model, error, 'load', windowTokens)
      drop()
      show(cancelled ? { type: 'none' } : { type: 'error', model, problem: problemOf(error) })
    } finally {
      if (loading === controller) loading = undefined
    }
  }

  /** Shows what a load reports, ten times a second at most. */
  function reporter(base: Omit<Extract<EngineState, { type: 'loading' }>, 'progress'>) {
    const rate = createLoadRate()
    let shownAt = 0
    return (progress: LoadProgress) => {
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
  }

  async function tellOfLoaded({ model, loaded }: Ready, again: Again | undefined): Promise<void> {
    if (loaded.triedBytes !== undefined) await noteTriedMemory(runtime, loaded.triedBytes)
    const windowTokens = cachedWindow(loaded)
    const news = loadedNews(model, loaded, again)
    if (news) notify(runtime, { about: 'engine', ...news })
    if (again?.fromTokens === undefined) return
    wantedTokens = windowTokens
    // Kept, so that the next start does not fail the same way.
    await saveSettings(runtime, { windows: { ...store.getState().settings.windows, [model.id]: windowTokens } })
    store.setState(({ models }) => ({
      models: models.map((row) => (row.model.id === model.id ? { ...row, windowTokens } : row)),
    }))
  }

  function showSilence(silent: boolean): void {
    const state = store.getState().engine
    if (state.type !== 'loading' && state.type !== 'ready' && state.type !== 'generating') return
    const { silent: _was, ...answering } = state
    show(silent ? { ...answering, silent } : answering)
  }

  return {
    load,
    cancelLoad() {
      loading?.abort()
      waiting?.giveUp()
      stopWaiting()
    },
    tryNow: () => waiting?.go(),
    restart() {
      const why = new EngineError('worker-crashed', 'It gave no sign of life and was made anew on request.')
      if (ready) void fail(ready.model, why, 'use', cachedWindow(ready.loaded), true)
      // What waits for the load hears of it and begins anew.
      else engine?.dispose(why)
    },
    async unload() {
      loading?.abort()
      stopWaiting()
      await services.storage.settings.set('last-model', '')
      await ready?.engine.unload()
      drop()
      show({ type: 'none' })
    },
    release() {
      const leaving = loading
      loading = undefined
      leaving?.abort()
      stopWaiting()
      withdrawNotice(runtime, 'engine')
      drop(new EngineError('terminated', 'Another tab runs the model now.'))
    },
    async check() {
      const asked = ready
      if (!asked || runtime.engineRoom.busy()) return
      const { engine: made, model, loaded } = asked
      const controller = new AbortController()
      const late = services.pause(checkMs, controller.signal).then(() => {
        throw new EngineError(
          'device-lost',
          `The GPU gave no sign of life for ${checkMs / 1000} seconds after the page came back.`,
        )
      })
      late.catch(() => {})
      const error = await Promise.race([made.check(), late]).then(
        () => undefined,
        (error: unknown) => error,
      )
      controller.abort()
      if (error instanceof EngineError && ready === asked) await fail(model, error, 'use', cachedWindow(loaded))
    },
    ready() {
      if (!ready) throw new EngineError('not-loaded', 'No model is loaded.')
      return ready
    },
    setGenerating(generating) {
      if (ready) show({ type: generating ? 'generating' : 'ready', model: ready.model, loaded: ready.loaded })
    },
    reportFailure(failed, error) {
      if (ready?.engine === failed && endsEngine(error)) void fail(ready.model, error, 'use', cachedWindow(ready.loaded))
    },
  }
}
