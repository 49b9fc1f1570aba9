import { connectEmbedder } from '#engine/embedder/connect-embedder.ts'
import type { Embedder } from '#ports/embedder.ts'

/** Embeds on the GPU, in a worker with a device of its own. After `device-lost` every call rejects with it: make it anew. */
export function createWebllmEmbedder(): Embedder {
  // The build wants the name as it is: webllm.worker.ts knows by it that it is to embed.
  return connectEmbedder(new Worker(new URL('./webllm.worker.ts', import.meta.url), { type: 'module', name: 'webllm-embedder' }))
}
