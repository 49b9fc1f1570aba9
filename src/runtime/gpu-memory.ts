import type { Runtime } from './runtime.ts'
import type { Device } from './state.ts'

const key = 'gpu-memory'

/** What models took on a GPU, by the name of the adapter: another GPU is another matter. */
type Tried = { readonly adapter: string; readonly bytes: number }

function readTried(stored: unknown): Tried | undefined {
  const { adapter, bytes } = (stored ?? {}) as Partial<Tried>
  return typeof adapter === 'string' && typeof bytes === 'number' && Number.isFinite(bytes) ? { adapter, bytes } : undefined
}

/** A device with what was found out about its memory before. */
export async function withTriedMemory({ services }: Pick<Runtime, 'services'>, device: Device): Promise<Device> {
  const tried = readTried(await services.storage.settings.get(key))
  return tried && tried.adapter === device.gpuName ? { ...device, triedBytes: tried.bytes } : device
}

/** Notes that a GPU gave so much; the most counts. */
export async function noteTriedMemory({ services, store }: Pick<Runtime, 'services' | 'store'>, bytes: number): Promise<void> {
  const { device } = store.getState()
  if (device.gpuName === undefined || bytes <= (device.triedBytes ?? 0)) return
  store.setState({ device: { ...device, triedBytes: bytes } })
  await services.storage.settings.set(key, { adapter: device.gpuName, bytes } satisfies Tried)
}
