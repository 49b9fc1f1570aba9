import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { OwnModels, TakeInProgress } from '#ports/own-models.ts'
import { readRecords, removeFolder, removeLeftovers } from './own-files.ts'
import type { FromTakeIn, ToTakeIn } from './own-models-worker.ts'
import { readEmbedderRecord, readRecord } from './read-record.ts'

/** One file at a time, in whichever tab: what a copy left behind is cleared away before the next. */
const lock = 'longhand/own-models'

type Watch = { readonly onProgress: (progress: TakeInProgress) => void; readonly signal: AbortSignal }

/** Models of the user's own files in this browser. Taking one in is done in a worker of its own, which ends with it. */
export function createOwnModels(): OwnModels {
  async function list<Made extends Model | EmbedderModel>(read: (text: string) => Made | undefined): Promise<readonly Made[]> {
    const models = (await readRecords()).map(read).filter((model) => model !== undefined)
    return models.toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
  }
  const takeIn = (ask: ToTakeIn, watch: Watch) =>
    navigator.locks.request(lock, async () => {
      try {
        return await inWorker(ask, watch)
      } finally {
        // The worker may have been ended between two files.
        if (watch.signal.aborted) await removeLeftovers()
      }
    })
  return {
    list: () => list(readRecord),
    listEmbedders: () => list(readEmbedderRecord),
    remove: removeFolder,
    takeIn: async (file, onProgress, signal) => (await takeIn({ file, use: 'chat' }, { onProgress, signal })) as Model,
    takeInEmbedder: async (file, onProgress, signal) =>
      (await takeIn({ file, use: 'embedding' }, { onProgress, signal })) as EmbedderModel,
  }
}

function inWorker(ask: ToTakeIn, { onProgress, signal }: Watch): Promise<Model | EmbedderModel> {
  if (signal.aborted) return Promise.reject(new EngineError('aborted', 'Cancelled.'))
  trustWorkerUrls()
  const worker = new Worker(new URL('./own-model.worker.ts', import.meta.url), { type: 'module', name: 'own-model' })
  return new Promise<Model | EmbedderModel>((resolve, reject) => {
    const fail = () => reject(new EngineError('worker-crashed', 'The browser ended the worker that read the file.'))
    worker.addEventListener('error', fail)
    worker.addEventListener('messageerror', fail)
    signal.addEventListener('abort', () => reject(new EngineError('aborted', 'Cancelled.')), { once: true })
    worker.addEventListener('message', ({ data }: MessageEvent<FromTakeIn>) => {
      if (data.type === 'progress') onProgress(data.progress)
      else if (data.type === 'taken') resolve(data.made)
      else reject(new EngineError(data.error.type, data.error.message))
    })
    worker.postMessage(ask)
  }).finally(() => worker.terminate())
}
