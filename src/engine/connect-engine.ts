import {
  type Engine,
  EngineError,
  type EngineErrorType,
  type EngineNews,
  type GenerateEvent,
  type LoadedModel,
  type TokenScore,
} from '#ports/engine.ts'
import type { EngineName } from '#ports/model.ts'
import { createHeartbeat, patience } from './heartbeat.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

type Waiting = {
  readonly receive: (message: FromWorker) => void
  readonly fail: (error: EngineError) => void
}

/** Events in, an async iterator out. */
function eventQueue() {
  const events: GenerateEvent[] = []
  let state: 'open' | 'done' | EngineError = 'open'
  let wake: () => void = () => {}
  return {
    push(event: GenerateEvent) {
      events.push(event)
      wake()
    },
    end(how: 'done' | EngineError) {
      if (state === 'open') state = how
      wake()
    },
    async *drain(): AsyncGenerator<GenerateEvent> {
      for (;;) {
        const event = events.shift()
        if (event) yield event
        else if (state === 'done') return
        else if (state !== 'open') throw state
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    },
  }
}

/** The part of a worker that the page's side needs. */
export type WorkerPort = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>

/** Failures of a generation or a score after which the engine has to be made anew. */
const breaking = new Set<EngineErrorType>(['device-lost', 'worker-crashed', 'out-of-memory'])

/**
 * The page's side of an engine that lives in a worker. A crash of the worker rejects everything that waits. Browsers do not
 * tell of a worker that was ended; where `locks` are given (they need a real worker) its end is noticed by a lock that it
 * holds while it lives.
 */
export function connectEngine(name: EngineName, worker: WorkerPort, locks?: LockManager): Engine {
  const waiting = new Map<number, Waiting>()
  const listeners: ((news: EngineNews) => void)[] = []
  const heartbeat = createHeartbeat()
  const disposed = new AbortController()
  let looking: ReturnType<typeof setInterval> | undefined
  let nextCall = 1
  let dead: EngineError | undefined

  const post = (message: ToWorker) => worker.postMessage(message)
  const tell = (news: EngineNews) => {
    if (!disposed.signal.aborted) for (const listener of listeners) listener(news)
  }
  function die(error: EngineError): void {
    if (dead) return
    dead = error
    for (const { fail } of waiting.values()) fail(dead)
    tell({ type: 'broken', error })
  }
  const crashed = (why: string) => die(new EngineError('worker-crashed', why))

  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (heartbeat.heard()) tell({ type: 'answering' })
    if (data.type === 'broken') die(new EngineError(data.error.type, data.error.message))
    else waiting.get(data.call)?.receive(data)
  })
  worker.addEventListener('error', (event) => crashed(event.message || 'The worker stopped.'))
  worker.addEventListener('messageerror', () => crashed('A message of the worker was unreadable.'))

  function look(): void {
    const beat = heartbeat.look(Date.now())
    if (beat === 'dead') crashed(`The worker gave no sign of life for ${patience.deadAfter / 1000} seconds.`)
    else {
      if (beat === 'silent') tell({ type: 'silent' })
      post({ type: 'ping', call: 0 })
    }
  }
  /** Looks at the worker for as long as it owes an answer. */
  function keepLooking(): void {
    if (waiting.size > 0) looking ??= setInterval(look, patience.askEvery)
    else {
      clearInterval(looking)
      looking = undefined
      heartbeat.rest()
    }
  }

  function call<Result>(
    make: (call: number) => ToWorker,
    receive: (message: FromWorker, settle: { resolve: (result: Result) => void }) => void,
    signal?: AbortSignal,
  ): Promise<Result> {
    return new Promise<Result>((resolvePromise, rejectPromise) => {
      if (dead) return rejectPromise(dead)
      if (signal?.aborted) return rejectPromise(new EngineError('aborted', 'Cancelled before it began.'))
      const number = nextCall++
      const abort = () => post({ type: 'abort', call: number })
      const finish = () => {
        waiting.delete(number)
        keepLooking()
        signal?.removeEventListener('abort', abort)
      }
      const fail = (error: EngineError) => {
        finish()
        rejectPromise(error)
      }
      const resolve = (result: Result) => {
        finish()
        resolvePromise(result)
      }
      waiting.set(number, {
        fail,
        receive: (message) =>
          message.type === 'failed'
            ? fail(new EngineError(message.error.type, message.error.message))
            : receive(message, { resolve }),
      })
      keepLooking()
      signal?.addEventListener('abort', abort, { once: true })
      post(make(number))
    })
  }
  const ask = (make: (call: number) => ToWorker) =>
    call<void>(make, (message, { resolve }) => {
      if (message.type === 'done') resolve()
    })

  if (locks) {
    const lock = `longhand/worker/${crypto.randomUUID()}`
    void ask((number) => ({ type: 'hold', call: number, lock }))
      .then(() => locks.request(lock, { signal: disposed.signal }, () => crashed('The worker was ended from outside.')))
      // Without the lock there is still the heartbeat.
      .catch(() => {})
  }

  /** A failed piece of work may be all that is heard of an engine that broke. */
  const broke = (error: EngineError) => {
    if (breaking.has(error.type) && !dead) tell({ type: 'broken', error })
    return error
  }

  return {
    name,
    load: (request, onProgress, signal) =>
      call<LoadedModel>(
        (number) => ({ type: 'load', call: number, request }),
        (message, { resolve }) => {
          if (message.type === 'load-progress') onProgress(message.progress)
          else if (message.type === 'loaded') resolve(message.loaded)
        },
        signal,
      ),
    generate(request, signal) {
      const queue = eventQueue()
      let forget = () => {}
      // Aborting before the worker heard of it would leave no `generation-end`: the call itself is always made.
      void call<void>(
        (number) => {
          const abort = () => post({ type: 'abort', call: number })
          if (signal.aborted) queueMicrotask(abort)
          else signal.addEventListener('abort', abort, { once: true })
          forget = () => signal.removeEventListener('abort', abort)
          return { type: 'generate', call: number, request }
        },
        (message, { resolve }) => {
          if (message.type === 'event') queue.push(message.event)
          else if (message.type === 'done') resolve()
        },
      )
        .then(
          () => queue.end('done'),
          (error: EngineError) => queue.end(broke(error)),
        )
        .finally(() => forget())
      return queue.drain()
    },
    scoreTokens: (request, onProgress, signal) =>
      call<readonly TokenScore[]>(
        (number) => ({ type: 'score', call: number, request }),
        (message, { resolve }) => {
          if (message.type === 'score-progress') onProgress(message.progress)
          else if (message.type === 'scores') resolve(message.scores)
        },
        signal,
      ).catch((error: EngineError) => {
        throw broke(error)
      }),
    cachedConversations: () =>
      call<readonly string[]>(
        (number) => ({ type: 'cached', call: number }),
        (message, { resolve }) => {
          if (message.type === 'cached') resolve(message.conversations)
        },
      ),
    countTokens: (texts) =>
      call<number[]>(
        (number) => ({ type: 'count', call: number, texts }),
        (message, { resolve }) => {
          if (message.type === 'counts') resolve([...message.counts])
        },
      ),
    unload: () => ask((number) => ({ type: 'unload', call: number })),
    watch: (listener) => {
      listeners.push(listener)
    },
    check: () => ask((number) => ({ type: 'check', call: number })),
    dispose(why) {
      disposed.abort()
      worker.terminate()
      die(why ?? new EngineError('terminated', 'The engine was shut down.'))
    },
  }
}
