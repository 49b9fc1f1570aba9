import type { FromWorker, ToWorker } from './protocol.ts'

/** What a program in a worker sees of it. */
type Inside<To, From> = {
  postMessage(message: From): void
  addEventListener(type: 'message', listener: (event: MessageEvent<To>) => void): void
}

/**
 * A stand-in for a worker that runs its program in the same thread: for engines that need no thread of their own.
 * Messages are copied as a real worker copies them, and arrive in order, never in the middle of the caller's step.
 */
export function inProcessWorker<To = ToWorker, From = FromWorker>(
  start: (channel: Inside<To, From>) => void,
): EventTarget & { postMessage(message: To): void; terminate(): void } {
  const outside = new EventTarget()
  const inside = new EventTarget()
  let ended = false
  const deliver = (target: EventTarget, message: From | To) => {
    const data: unknown = structuredClone(message)
    queueMicrotask(() => ended || target.dispatchEvent(new MessageEvent('message', { data })))
  }
  start({
    postMessage: (message) => deliver(outside, message),
    addEventListener: (type, listener) => inside.addEventListener(type, (event) => listener(event as MessageEvent<To>)),
  })
  return Object.assign(outside, {
    postMessage: (message: To) => deliver(inside, message),
    terminate: () => {
      ended = true
    },
  })
}
