import { connectEmbedder } from '#engine/embedder/connect-embedder.ts'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import type { Embedder } from '#ports/embedder.ts'

/** Embeds on the CPU, in a worker of its own. After an error of type `worker-crashed` it is empty: load again. */
export function createWllamaEmbedder(): Embedder {
  trustWorkerUrls()
  return connectEmbedder(new Worker(new URL('./wllama-embedder.worker.ts', import.meta.url), { type: 'module' }))
}
