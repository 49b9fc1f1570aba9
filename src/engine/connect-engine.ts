import { type Engine, EngineError, type GenerateEvent, type LoadedModel, type TokenScore } from '#ports/engine.ts'
import type { EngineName } from '#ports/model.ts'
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

/** The page's side of an engine that lives in a worker. A crash of the worker rejects everything that waits. */
export function connectEngine(name: EngineName, worker: WorkerPort): Engine {
  const waiting = new Map<number, Waiting>()
  let nextCall = 1
  let dead: EngineError | undefined

  function die(error: EngineError): void {
    dead ??= error
    for (const { fail } of waiting.values()) fail(dead)
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => waiting.get(data.call)?.receive(data))
  worker.addEventListener('error', (event) => die(new EngineError('worker-crashed', event.message || 'The worker stopped.')))
  worker.addEventListener('messageerror', () => die(new EngineError('worker-crashed', 'A message of the worker was unreadable.')))

  const post = (message: ToWorker) => worker.postMessage(message)

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
      signal?.addEventListener('abort', abort, { once: true })
      post(make(number))
    })
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
          (error: EngineError) => queue.end(error),
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
      ),
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
    unload: () =>
      call<void>(
        (number) => ({ type: 'unload', call: number }),
        (message, { resolve }) => {
          if (message.type === 'done') resolve()
        },
      ),
    dispose() {
      worker.terminate()
      die(new EngineError('terminated', 'The engine was shut down.'))
    },
  }
}
