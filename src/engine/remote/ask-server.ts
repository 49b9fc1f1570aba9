import { EngineError } from '#ports/engine.ts'
import { failureOf } from './server-failure.ts'

export type Server = { readonly address: string; readonly key: string }

type Ask = {
  readonly server: Server
  /** Below the server's address, without a slash at its front: "v1/models". */
  readonly path: string
  /** Posted as JSON; absent means a GET. */
  readonly body?: object
  readonly signal: AbortSignal
}

/**
 * One request to the allowed server: no cookies, no referrer, no cache, no redirect to another one. Resolves with an answer
 * of success; rejects with an EngineError, `aborted` included.
 */
export async function askServer({ server, path, body, signal }: Ask): Promise<Response> {
  const response = await reach(server, path, signal, {
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(server.key === '' ? {} : { Authorization: `Bearer ${server.key}` }),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  if (response.ok) return response
  throw await failureOf(response, path)
}

/** The same, read as JSON. */
export async function askJson(ask: Ask): Promise<unknown> {
  const response = await askServer(ask)
  try {
    return await response.json()
  } catch (error) {
    if (ask.signal.aborted) throw cancelled()
    throw new EngineError('server-failed', `${ask.path}: the answer is no JSON (${String(error)}).`)
  }
}

export const cancelled = () => new EngineError('aborted', 'Cancelled.')

async function reach(server: Server, path: string, signal: AbortSignal, init: RequestInit): Promise<Response> {
  const url = server.address + path
  try {
    return await fetch(url, { ...init, signal })
  } catch (error) {
    if (signal.aborted) throw cancelled()
    throw new EngineError((await answersAtAll(server, signal)) ? 'cors-refused' : 'unreachable', `${url}: ${String(error)}`)
  }
}

/**
 * The browser tells a page no difference between a server that is not there and one whose answer it may not read. A request
 * that gives up reading tells it: it reaches any server that listens.
 */
async function answersAtAll(server: Server, signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(server.address, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    })
    return true
  } catch {
    return false
  }
}
