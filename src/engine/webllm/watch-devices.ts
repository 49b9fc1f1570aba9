import { adapterName, isSoftware } from '#engine/device/detect-device.ts'
import { EngineError } from '#ports/engine.ts'

/** A GPU device under watch. */
export type DeviceWatch = {
  readonly adapterName: string
  readonly isSoftware: boolean
  /** Why the device is gone, or undefined while it is there. */
  lostNow(): string | undefined
  /** Throws `device-lost` when the device is gone. */
  check(): void
  /** Runs work on the device; rejects with `device-lost` as soon as the device is gone, whatever the work does then. */
  guard<T>(work: () => Promise<T>): Promise<T>
  destroy(): void
}

function watchDevice(device: GPUDevice, info: GPUAdapterInfo): DeviceWatch {
  let reason: string | undefined
  const lost = device.lost.then(({ reason: kind, message }): never => {
    reason = message || kind || 'no reason given'
    throw deviceLost()
  })
  // Nobody may be waiting when it happens.
  lost.catch(() => {})
  const deviceLost = () => new EngineError('device-lost', `The GPU stopped working for this page (${reason}).`)
  const check = () => {
    if (reason !== undefined) throw deviceLost()
  }
  return {
    adapterName: adapterName(info),
    isSoftware: isSoftware(info),
    lostNow: () => reason,
    check,
    async guard(work) {
      check()
      try {
        const result = await Promise.race([work(), lost])
        check()
        return result
      } catch (error) {
        // Work on a dying device fails in many ways; the news of its loss comes a moment later.
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 50))])
        throw error
      }
    },
    destroy: () => device.destroy(),
  }
}

/**
 * Watches the GPU devices that are made from now on until `stop`: web-llm asks for its own and tells nobody. The
 * adapter's own method is wrapped meanwhile.
 */
export function watchDevices(): { last(): DeviceWatch | undefined; destroy(): void; stop(): void } {
  const watches: DeviceWatch[] = []
  const adapter = globalThis.GPUAdapter?.prototype
  if (!adapter) return { last: () => undefined, destroy: () => {}, stop: () => {} }
  const original = adapter.requestDevice
  adapter.requestDevice = async function (this: GPUAdapter, ...options) {
    const device = await original.apply(this, options)
    watches.push(watchDevice(device, this.info))
    return device
  }
  return {
    last: () => watches.at(-1),
    destroy() {
      for (const watch of watches) watch.destroy()
    },
    stop() {
      adapter.requestDevice = original
    },
  }
}
