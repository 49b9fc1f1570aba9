const probeMs = 150
/** Above this share of lost time the threads wait for one another longer than a single one would work. */
const tolerableLoss = 0.15
/** The page itself is busy while a model is loaded: only what is lost every time is taken by others. */
const tries = 3

/**
 * How many threads to run on. llama.cpp's threads meet at a barrier after every matrix, spinning: when another program holds
 * a core, two of them were measured at a tenth of the speed of one. So as many busy loops as there would be threads run for a
 * moment, and when one of them is kept waiting by the system, half as many are tried. Half of the logical cores at most, as
 * two on one core share its arithmetic, but two where there are only two. One where the page is not cross-origin isolated.
 */
export async function chooseThreads(): Promise<number> {
  if (!globalThis.crossOriginIsolated || navigator.hardwareConcurrency < 2) return 1
  for (let threads = Math.min(8, Math.max(2, navigator.hardwareConcurrency >> 1)); threads > 1; threads >>= 1) {
    for (let attempt = 0; attempt < tries; attempt++) {
      const losses = await Promise.all(Array.from({ length: threads }, spin))
      if (Math.max(...losses) <= tolerableLoss) return threads
    }
  }
  return 1
}

async function spin(): Promise<number> {
  const worker = new Worker(new URL('./spin.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data))
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'A worker could not start.')))
      worker.postMessage(probeMs)
    })
  } finally {
    worker.terminate()
  }
}
