import type { WorkerPort } from '#engine/connect-engine.ts'
import type { Embedder } from '#ports/embedder.ts'
import { EngineError, type LoadProgress } from '#ports/engine.ts'
import type { FromEmbedder, ToEmbedder } from './embedder-protocol.ts'

type Answer = Extract<FromEmbedder, { type: 'loaded' | 'vectors' }>
type Waiting = {
  readonly onProgress: (progress: LoadProgress) => void
  readonly resolve: (answer: Answer) => void
  readonly fail: (error: EngineError) => void
}

/** The page's side of an embedder that lives in a worker. A crash of the worker rejects everything that waits. */
export function connectEmbedder(worker: WorkerPort): Embedder {
  const waiting = new Map<number, Waiting>()
  let nextCall = 1
  let dead: EngineError | undefined

  function die(error: EngineError): void {
    dead ??= error
    for (const { fail } of waiting.values()) fail(dead)
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<FromEmbedder>) => {
    const call = waiting.get(data.call)
    if (data.type === 'load-progress') return call?.onProgress(data.progress)
    waiting.delete(data.call)
    if (data.type === 'failed') call?.fail(new EngineError(data.error.type, data.error.message))
    else call?.resolve(data)
  })
  worker.addEventListener('error', (event) => die(new EngineError('worker-crashed', event.message || 'The worker stopped.')))
  worker.addEventListener('messageerror', () => die(new EngineError('worker-crashed', 'A message of the worker was unreadable.')))

  const post = (message: ToEmbedder) => worker.postMessage(message)

  async function call(
    make: (call: number) => ToEmbedder,
    signal: AbortSignal,
    onProgress: Waiting['onProgress'] = () => {},
  ): Promise<Answer> {
    if (dead) throw dead
    if (signal.aborted) throw new EngineError('aborted', 'Cancelled before it began.')
    const number = nextCall++
    const abort = () => post({ type: 'abort', call: number })
    signal.addEventListener('abort', abort, { once: true })
    try {
      return await new Promise<Answer>((resolve, fail) => {
        waiting.set(number, { onProgress, resolve, fail })
        post(make(number))
      })
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  return {
    async load(model, onProgress, signal) {
      await call((number) => ({ type: 'load', call: number, model }), signal, onProgress)
    },
    async embed(texts, signal) {
      const answer = await call((number) => ({ type: 'embed', call: number, texts }), signal)
      return answer.type === 'vectors' ? answer.vectors : []
    },
    close() {
      worker.terminate()
      die(new EngineError('terminated', 'The embedder was shut down.'))
    },
  }
}
