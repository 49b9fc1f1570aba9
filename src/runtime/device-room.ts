import type { EngineName } from '#ports/model.ts'
import { askedBufferBytes, type Room } from '#ports/plan-window.ts'
import type { Device } from './state.ts'

const GB = 1e9
/** Share of the machine's memory that a page may count on: browsers and systems keep the rest. */
const SHARE = 1 / 2
/** Where the browser does not say how much memory there is: what a phone of some years gives a page, and a computer. */
const SMALL_DEVICE = 1.5 * GB
const COMPUTER = 4 * GB
/** The heap of the CPU engine's WebAssembly. */
const HEAP = 4 * 1024 ** 3

/**
 * What a device can give a model. No browser says how much memory a GPU has, so until a model was tried this is an estimate:
 * half of the machine's memory where the browser tells that, else a cautious figure by the size of the largest buffer.
 */
export function roomOf(device: Device, engine: EngineName): Room {
  // What a server has is its own business.
  if (engine === 'remote' || engine === 'browser') return { usableBytes: Number.POSITIVE_INFINITY, basis: 'estimate' }
  const half = device.memoryBytes === undefined ? undefined : device.memoryBytes * SHARE
  if (engine !== 'webllm') return { usableBytes: Math.min(HEAP, half ?? HEAP), basis: 'estimate' }
  const { maxBufferBytes = 0, maxBindingBytes = 0, triedBytes } = device
  const bufferBytes = askedBufferBytes({ maxBufferBytes, maxBindingBytes })
  const estimate = half ?? (maxBufferBytes >= 1024 ** 3 ? COMPUTER : SMALL_DEVICE)
  if (triedBytes !== undefined && triedBytes > estimate) return { usableBytes: triedBytes, basis: 'trial', bufferBytes }
  return { usableBytes: estimate, basis: 'estimate', bufferBytes }
}
