import { inBuffers, type MemoryTrial, tryMemory } from '#engine/device/try-memory.ts'
import { EngineError } from '#ports/engine.ts'
import { memoryNeed } from '#ports/memory-need.ts'
import type { ModelBuild } from '#ports/model.ts'
import { askedBufferBytes } from '#ports/plan-window.ts'

/**
 * Asks the GPU for what a load will need, on a device of its own that is given back at once, so that a window which does not
 * fit is found before anything is loaded. Returns the bytes that could be had; throws `out-of-memory` with how much that was, or
 * `unsupported-device`.
 */
export async function tryLoad(adapter: GPUAdapter, build: ModelBuild, windowTokens: number): Promise<number> {
  const { limits } = adapter
  const buffer = askedBufferBytes({ maxBufferBytes: limits.maxBufferSize, maxBindingBytes: limits.maxStorageBufferBindingSize })
  const requiredLimits = { maxBufferSize: buffer, maxStorageBufferBindingSize: buffer }
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: unknown) => {
    throw new EngineError('unsupported-device', `The GPU gives no buffers of ${megabytes(buffer)}: ${error}`)
  })
  // What is asked of a lost device fails as if there were no memory.
  let wentAway: string | undefined
  void device.lost.then(({ reason, message }) => {
    wentAway = message || reason
  })
  let trial: MemoryTrial
  try {
    const { weightBytes, windowBytes, workingBytes } = memoryNeed(build, windowTokens)
    trial = await tryMemory(
      device,
      [weightBytes, windowBytes, workingBytes].flatMap((bytes) => inBuffers(bytes, buffer)),
    )
    // The news of a loss comes a moment after what it makes fail.
    if (trial.type === 'short') await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 50))])
  } finally {
    device.destroy()
  }
  if (trial.type === 'fits') return trial.bytes
  if (wentAway) throw new EngineError('device-lost', `The GPU went away during the trial before loading (${wentAway}).`)
  throw new EngineError(
    'out-of-memory',
    `A trial before loading: the GPU gave ${megabytes(trial.bytes)} of the ${megabytes(trial.wantedBytes)} that this model needs with a window of ${windowTokens} tokens (${trial.reason}).`,
  )
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
