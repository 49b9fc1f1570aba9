import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchDevices } from './watch-devices.ts'

class OutOfMemory {
  readonly message = 'no room for 1 GB'
}

/** A device whose loss and whose error scopes the test decides. */
function device() {
  let lose: (info: { reason: string; message: string }) => void = () => {}
  const lost = new Promise<{ reason: string; message: string }>((resolve) => {
    lose = resolve
  })
  return {
    lost,
    popErrorScope: async (): Promise<unknown> => null,
    destroy: () => lose({ reason: 'destroyed', message: '' }),
    lose,
  }
}

describe('watched GPU devices', () => {
  let made: ReturnType<typeof device>
  beforeEach(() => {
    made = device()
    class Adapter {
      readonly info = { vendor: 'test' }
      async requestDevice() {
        return made
      }
    }
    vi.stubGlobal('GPUAdapter', Adapter)
    vi.stubGlobal('GPUOutOfMemoryError', OutOfMemory)
  })
  afterEach(() => vi.unstubAllGlobals())

  async function watched() {
    const devices = watchDevices()
    await new (globalThis.GPUAdapter as unknown as new () => GPUAdapter)().requestDevice()
    const watch = devices.last()
    if (!watch) throw new Error('No device was watched.')
    return { devices, watch }
  }

  it('[E43] work on a device that goes away ends with device-lost, whatever the work does then', async () => {
    const { devices, watch } = await watched()
    const hanging = watch.guard(() => new Promise(() => {}))
    made.lose({ reason: 'unknown', message: 'the GPU process crashed' })
    await expect(hanging).rejects.toMatchObject({ type: 'device-lost', message: expect.stringContaining('process crashed') })
    await expect(devices.lost).rejects.toMatchObject({ type: 'device-lost' })
    expect(() => watch.check()).toThrow('process crashed')
  })

  it('[E43] a device that is given up for want of a buffer ends with out-of-memory', async () => {
    made.popErrorScope = async () => new OutOfMemory()
    const { watch } = await watched()
    await made.popErrorScope()
    made.destroy()
    await expect(watch.lost).rejects.toMatchObject({ type: 'out-of-memory', message: expect.stringContaining('1 GB') })
  })

  it('[E43] an error scope that reports nothing, or something else, makes no want of memory of a loss', async () => {
    const { watch } = await watched()
    await made.popErrorScope()
    made.destroy()
    await expect(watch.lost).rejects.toMatchObject({ type: 'device-lost' })
  })
})
