import { type ChatBatch, type ChatImporter, type FoundChats, ImportError, type ReadProgress } from '#ports/chat-importer.ts'
import type { FromImporter, ToImporter } from './import-protocol.ts'

/** The page's end of a worker that reads. */
export type ImportWorker = Pick<Worker, 'terminate'> & {
  postMessage(message: ToImporter): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromImporter>) => void): void
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void
}

/** An importer that starts a worker for each thing it does and ends it then: cancelling takes effect at once, whatever it does. */
export function connectImporter(startWorker: () => ImportWorker): ChatImporter {
  function run<Result>(
    ask: ToImporter,
    onProgress: (progress: ReadProgress) => void,
    signal: AbortSignal,
    receive: (answer: FromImporter, worker: ImportWorker, resolve: (result: Result) => void) => void | Promise<void>,
  ): Promise<Result> {
    signal.throwIfAborted()
    const worker = startWorker()
    return new Promise<Result>((resolve, reject) => {
      const crashed = () => reject(new ImportError('Reading stopped: the browser ended the worker, perhaps for want of memory.'))
      worker.addEventListener('error', crashed)
      worker.addEventListener('messageerror', crashed)
      signal.addEventListener('abort', () => reject(signal.reason))
      worker.addEventListener('message', ({ data }) => {
        if (signal.aborted) return
        if (data.type === 'progress') onProgress(data.progress)
        else if (data.type === 'failed') reject(data.told ? new ImportError(data.message) : new Error(data.message))
        else Promise.resolve(receive(data, worker, resolve)).catch(reject)
      })
      worker.postMessage(ask)
    }).finally(() => worker.terminate())
  }

  return {
    look: async (request, onProgress, signal) =>
      run<FoundChats>({ type: 'look', request }, onProgress, signal, (answer, _worker, resolve) => {
        if (answer.type === 'found') resolve(answer.found)
      }),
    read: async (request, take: (batch: ChatBatch) => Promise<void>, onProgress, signal) =>
      run<void>({ type: 'read', request }, onProgress, signal, async (answer, worker, resolve) => {
        if (answer.type === 'done') resolve()
        if (answer.type !== 'batch') return
        await take(answer.batch)
        worker.postMessage({ type: 'taken' })
      }),
  }
}
