import type { FromWorker, ToWorker } from './protocol.ts'
import type { Channel } from './serve-engine.ts'

/**
 * A stand-in for a worker that runs its program in the same thread: for engines that need no thread of their own.
 * Messages are copied as a real worker copies them, and arrive in order, never in the middle of the caller's step.
 */
export function inProcessWorker(
  start: (channel: Channel) => void,
): EventTarget & { postMessage(message: ToWorker): void; terminate(): void } {
  const outside = new EventTarget()
  const inside = new EventTarget()
  let ended = false
  const deliver = (target: EventTarget, message: FromWorker | ToWorker) => {
    const data: unknown = structuredClone(message)
    queueMicrotask(() => ended || target.dispatchEvent(new MessageEvent('message', { data })))
  }
  start({
    postMessage: (message) => deliver(outside, message),
    addEventListener: (type, listener) => inside.addEventListener(type, (event) => listener(event as MessageEvent<ToWorker>)),
  })
  return Object.assign(outside, {
    postMessage: (message: ToWorker) => deliver(inside, message),
    terminate: () => {
      ended = true
    },
  })
}
