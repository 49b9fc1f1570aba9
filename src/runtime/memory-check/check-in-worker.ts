import type { Finding } from '#memory/lint-memory.ts'
import type { CheckRequest } from './check-request.ts'

/** Looks memory through in a worker that lives for this once: ten thousand memories take it a second of another thread. */
export async function checkInWorker(request: CheckRequest): Promise<readonly Finding[]> {
  const worker = new Worker(new URL('./memory-check.worker.ts', import.meta.url), { type: 'module', name: 'memory-check' })
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<readonly Finding[]>) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(`Memory could not be checked: ${message}`))
      worker.postMessage(request)
    })
  } finally {
    worker.terminate()
  }
}
