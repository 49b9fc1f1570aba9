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

/** No cookies, no referrer, no cache, no redirect to another server. */
const quietly = { credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' } as const

/**
 * One request to the allowed server. Resolves with an answer
 * of success; rejects with an EngineError, `aborted` included.
 */
export async function askServer({ server, path, body, signal }: Ask): Promise<Response> {
  const response = await reach(server, path, signal, {
    ...quietly,
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
    const { type, why } = await whyUnread(server, url, init, signal)
    throw new EngineError(type, `${url}: ${why}${String(error)}`)
  }
}

/**
 * The browser tells a page no difference between a server that is not there, one that hangs up, and one whose answer it may not
 * read. Requests that carry nothing of the prompt tell them apart: one that gives up reading reaches any server that answers,
 * and where another answer can be read under the same headers, it was not permission that was missing.
 */
async function whyUnread(server: Server, url: string, init: RequestInit, signal: AbortSignal) {
  const [there, sameIsRead, sameAnswers] = await Promise.all([
    succeeds(server.address, unread, signal),
    init.body ? succeeds(`${server.address}v1/models`, { ...quietly, headers: init.headers ?? {} }, signal) : false,
    init.body ? true : succeeds(url, unread, signal),
  ])
  if (sameIsRead || (there && !sameAnswers))
    return { type: 'stream-cut', why: 'the connection ended before an answer that can be read: ' } as const
  return { type: there ? 'cors-refused' : 'unreachable', why: '' } as const
}

/** Such a request has to follow redirects; the document's policy lets none lead to another server. */
const unread = { ...quietly, redirect: 'follow', mode: 'no-cors' } as const

/** Whether there is any answer within five seconds. */
async function succeeds(url: string, init: RequestInit, signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) })
    return true
  } catch {
    return false
  }
}
