/** What a trial found out. */
export type MemoryTrial =
  /** All of it could be had. */
  | { readonly type: 'fits'; readonly bytes: number }
  /** Only so much could be had before the GPU refused. */
  | { readonly type: 'short'; readonly bytes: number; readonly wantedBytes: number; readonly reason: string }

/** The part of a GPU device that a trial needs. */
export type TrialDevice = Pick<GPUDevice, 'createBuffer' | 'createCommandEncoder' | 'queue' | 'pushErrorScope' | 'popErrorScope'>

/** GPUBufferUsage.STORAGE | COPY_DST, which workers without WebGPU do not name. */
const USAGE = 0x80 | 0x08

/**
 * Asks a GPU for buffers of these sizes, writes into each so that a driver cannot only promise them, and gives all back.
 * The one honest answer to "does it fit", since no browser tells how much memory there is.
 */
export async function tryMemory(device: TrialDevice, sizes: readonly number[]): Promise<MemoryTrial> {
  const wantedBytes = sizes.reduce((sum, size) => sum + size, 0)
  const held: GPUBuffer[] = []
  let bytes = 0
  try {
    for (const size of sizes) {
      device.pushErrorScope('out-of-memory')
      device.pushErrorScope('validation')
      const buffer = device.createBuffer({ size, usage: USAGE })
      const encoder = device.createCommandEncoder()
      encoder.clearBuffer(buffer)
      device.queue.submit([encoder.finish()])
      const invalid = await device.popErrorScope()
      const full = await device.popErrorScope()
      const error = full ?? invalid
      if (error) return { type: 'short', bytes, wantedBytes, reason: error.message }
      held.push(buffer)
      bytes += size
    }
    await device.queue.onSubmittedWorkDone()
    return { type: 'fits', bytes }
  } catch (error) {
    return { type: 'short', bytes, wantedBytes, reason: error instanceof Error ? error.message : String(error) }
  } finally {
    for (const buffer of held) buffer.destroy()
  }
}

/** Bytes in pieces of at most one buffer, a multiple of four as buffers have to be. */
export function inBuffers(bytes: number, largest: number): readonly number[] {
  const whole = Math.ceil(bytes / 4) * 4
  const sizes: number[] = []
  for (let left = whole; left > 0; left -= largest) sizes.push(Math.min(left, largest))
  return sizes
}
