import { connectEngine } from '#engine/connect-engine.ts'
import type { Engine } from '#ports/engine.ts'

/** The GPU engine: WebLLM in a worker of its own. The page loads none of its code. */
export function createWebllmEngine(): Engine {
  const worker = new Worker(new URL('./webllm.worker.ts', import.meta.url), { type: 'module', name: 'webllm' })
  return connectEngine('webllm', worker, navigator.locks)
}
