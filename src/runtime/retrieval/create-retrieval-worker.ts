import type { RetrievalIndex } from '#ports/retrieval.ts'
import { connectRetrieval } from './connect-retrieval.ts'

/** The index in a worker of its own, so that building and asking it never holds up the page. */
export function createRetrievalWorker(): RetrievalIndex & { dispose(): void } {
  return connectRetrieval(new Worker(new URL('./retrieval.worker.ts', import.meta.url), { type: 'module', name: 'retrieval' }))
}
