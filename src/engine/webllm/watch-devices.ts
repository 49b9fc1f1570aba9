import { adapterName, isSoftware } from '#engine/device/detect-device.ts'
import { EngineError } from '#ports/engine.ts'
import { unlessFailed } from '#shared/unless-failed.ts'

/** A GPU device under watch. */
export type DeviceWatch = {
  readonly adapterName: string
  readonly isSoftware: boolean
  /** Why the device is gone, or undefined while it is there. */
  lostNow(): string | undefined
  /** Throws what `lost` rejects with when the device is gone. */
  check(): void
  /** Rejects when the device is gone: with `out-of-memory` where web-llm gave it up for want of a buffer, else with `device-lost`. */
  readonly lost: Promise<never>
  /** Runs work on the device; rejects like `lost` as soon as the device is gone, whatever the work does then. */
  guard<T>(work: () => Promise<T>): Promise<T>
  /** Waits until the device has done what it was asked for, by a round trip of its own. */
  roundTrip(): Promise<void>
  destroy(): void
}

function watchDevice(device: GPUDevice, info: GPUAdapterInfo): DeviceWatch {
  let reason: string | undefined
  let full: string | undefined
  // web-llm asks for each buffer within error scopes, and destroys the device where one reports a want of memory.
  const popErrorScope = device.popErrorScope.bind(device)
  device.popErrorScope = async () => {
    const error = await popErrorScope()
    if (error instanceof GPUOutOfMemoryError) full = error.message || 'out of memory'
    return error
  }
  const lost = device.lost.then(({ reason: kind, message }): never => {
    reason = message || kind || 'no reason given'
    throw deviceLost()
  })
  const unlessLost = unlessFailed(lost)
  const deviceLost = () =>
    full === undefined
      ? new EngineError('device-lost', `The GPU stopped working for this page (${reason}).`)
      : new EngineError('out-of-memory', `The GPU had no memory left for a buffer (${full}).`)
  const check = () => {
    if (reason !== undefined) throw deviceLost()
  }
  return {
    adapterName: adapterName(info),
    isSoftware: isSoftware(info),
    lostNow: () => reason,
    check,
    lost,
    async roundTrip() {
      check()
      // GPUBufferUsage.MAP_READ and GPUMapMode.READ.
      const buffer = device.createBuffer({ size: 16, usage: 0x01 })
      try {
        await unlessLost(buffer.mapAsync(0x01))
      } finally {
        buffer.destroy()
      }
    },
    async guard(work) {
      check()
      try {
        const result = await unlessLost(work())
        check()
        return result
      } catch (error) {
        // Work on a dying device fails in many ways; the news of its loss comes a moment later.
        await unlessLost(new Promise((resolve) => setTimeout(resolve, 50)))
        throw error
      }
    },
    destroy: () => device.destroy(),
  }
}

/** All devices that were made since; `lost` rejects as soon as one of them is gone. */
type DevicesWatch = {
  readonly lost: Promise<never>
  last(): DeviceWatch | undefined
  destroy(): void
  stop(): void
}

/**
 * Watches the GPU devices that are made from now on until `stop`: web-llm asks for its own and tells nobody. The
 * adapter's own method is wrapped meanwhile.
 */
export function watchDevices(): DevicesWatch {
  const watches: DeviceWatch[] = []
  let fail: (lost: unknown) => void = () => {}
  const lost = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  lost.catch(() => {})
  const adapter = globalThis.GPUAdapter?.prototype
  if (!adapter) return { lost, last: () => undefined, destroy: () => {}, stop: () => {} }
  const original = adapter.requestDevice
  adapter.requestDevice = async function (this: GPUAdapter, ...options) {
    const device = await original.apply(this, options)
    const watch = watchDevice(device, this.info)
    watches.push(watch)
    watch.lost.catch(fail)
    return device
  }
  return {
    lost,
    last: () => watches.at(-1),
    destroy() {
      for (const watch of watches) watch.destroy()
    },
    stop() {
      adapter.requestDevice = original
    },
  }
}
