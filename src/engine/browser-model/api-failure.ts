import { EngineError, type EngineErrorType } from '#ports/engine.ts'

/** Names of DOMExceptions that the API throws. */
const types: Readonly<Record<string, EngineErrorType>> = {
  QuotaExceededError: 'context-overflow',
  NetworkError: 'download-failed',
  NotSupportedError: 'unsupported-device',
  NotAllowedError: 'unsupported-device',
  InvalidStateError: 'worker-crashed',
  AbortError: 'aborted',
}

/** What the browser's refusal means; its own words stay with it. */
export function apiFailure(error: unknown, constrained = false): EngineError {
  if (error instanceof EngineError) return error
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  const words = error instanceof Error || error instanceof DOMException ? error.message : String(error)
  const said = words === '' ? `The browser’s model failed (${name || 'no reason given'}).` : words
  if (constrained && name === 'NotSupportedError') return new EngineError('cannot-constrain', said)
  return new EngineError(types[name] ?? 'internal', said)
}
