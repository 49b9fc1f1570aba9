import { EngineError } from '#ports/engine.ts'

/** No server has a file of the user's own: what is damaged or missing is for him to bring again. */
export function ofOwnFile(error: unknown): unknown {
  const lost = error instanceof EngineError && (error.type === 'wrong-digest' || error.type === 'file-missing')
  return lost ? new EngineError('own-file-lost', error.message) : error
}
