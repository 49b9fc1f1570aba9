import { connectEngine } from '#engine/connect-engine.ts'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import type { Engine } from '#ports/engine.ts'

/**
 * The CPU engine: llama.cpp as WebAssembly, in a worker of its own. It needs nothing but WebAssembly with SIMD; more than
 * one thread needs a page that is cross-origin isolated. After an error of type `worker-crashed` it is empty: load again.
 */
export function createWllamaEngine(): Engine {
  trustWorkerUrls()
  const worker = new Worker(new URL('./wllama.worker.ts', import.meta.url), { type: 'module' })
  return connectEngine('wllama', worker, navigator.locks)
}
