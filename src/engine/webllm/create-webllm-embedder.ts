import { connectEmbedder } from '#engine/embedder/connect-embedder.ts'
import type { Embedder } from '#ports/embedder.ts'

/** Embeds on the GPU, in a worker with a device of its own. After `device-lost` every call rejects with it: make it anew. */
export function createWebllmEmbedder(): Embedder {
  const worker = new Worker(new URL('./webllm-embedder.worker.ts', import.meta.url), { type: 'module', name: 'webllm-embedder' })
  return connectEmbedder(worker)
}
