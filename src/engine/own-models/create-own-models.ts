import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import { EngineError } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { OwnModels } from '#ports/own-models.ts'
import { readRecords, removeFolder, removeLeftovers } from './own-files.ts'
import type { FromTakeIn, ToTakeIn } from './own-models-worker.ts'
import { readRecord } from './read-record.ts'

/** One file at a time, in whichever tab: what a copy left behind is cleared away before the next. */
const lock = 'longhand/own-models'

/** Models of the user's own files in this browser. Taking one in is done in a worker of its own, which ends with it. */
export function createOwnModels(): OwnModels {
  return {
    async list() {
      const models = (await readRecords()).map(readRecord).filter((model) => model !== undefined)
      return models.toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    },
    remove: removeFolder,
    takeIn: (file, onProgress, signal) =>
      navigator.locks.request(lock, async () => {
        try {
          return await inWorker(file, onProgress, signal)
        } finally {
          // The worker may have been ended between two files.
          if (signal.aborted) await removeLeftovers()
        }
      }),
  }
}

function inWorker(file: File, ...[onProgress, signal]: [Parameters<OwnModels['takeIn']>[1], AbortSignal]): Promise<Model> {
  if (signal.aborted) return Promise.reject(new EngineError('aborted', 'Cancelled.'))
  trustWorkerUrls()
  const worker = new Worker(new URL('./own-model.worker.ts', import.meta.url), { type: 'module', name: 'own-model' })
  return new Promise<Model>((resolve, reject) => {
    const fail = () => reject(new EngineError('worker-crashed', 'The browser ended the worker that read the file.'))
    worker.addEventListener('error', fail)
    worker.addEventListener('messageerror', fail)
    signal.addEventListener('abort', () => reject(new EngineError('aborted', 'Cancelled.')), { once: true })
    worker.addEventListener('message', ({ data }: MessageEvent<FromTakeIn>) => {
      if (data.type === 'progress') onProgress(data.progress)
      else if (data.type === 'taken') resolve(data.model)
      else reject(new EngineError(data.error.type, data.error.message))
    })
    const ask: ToTakeIn = { file }
    worker.postMessage(ask)
  }).finally(() => worker.terminate())
}
