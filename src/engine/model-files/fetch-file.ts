import { EngineError } from '#ports/engine.ts'
import { collectBody, type Received } from './collect-body.ts'
import type { FileProgress } from './file-progress.ts'
import { absoluteUrl, type WantedFile } from './wanted-file.ts'

/** Waits before each further attempt, in milliseconds. */
const WAITS = [500, 1000, 2000, 4000]
/** Longest wait that a server may ask for. */
const LONGEST_WAIT = 30_000
/** Answers that mean "later". */
const busy = new Set([408, 425, 429, 500, 502, 503, 504])

export type FetchOptions = {
  readonly signal: AbortSignal
  readonly fetch: typeof fetch
  /** Resolves after some milliseconds, or rejects when aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** Where a file is fetched from, if not from its own address. */
  readonly sourceOf: (url: string) => string
  /** Told of every piece that arrived and of every retry. */
  readonly onState: (progress: Pick<FileProgress, 'doneBytes' | 'state'>) => void
}

/** A failure after which another attempt may help. */
class Passing extends Error {
  readonly waitMs: number | undefined
  constructor(message: string, waitMs?: number) {
    super(message)
    this.waitMs = waitMs
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/**
 * Fetches one file into memory. What broke off is gone on with from the byte where it stopped, if the server can; five
 * attempts in all, with growing waits. Throws EngineError `aborted`, `file-missing` or `download-failed`.
 */
export async function fetchFile(file: WantedFile, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  const received: Received = { bytes: new Uint8Array(file.sizeBytes ?? 1 << 20), length: 0 }
  const { onState, pause, signal } = options
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetchRest(file, received, options)
    } catch (error) {
      if (error instanceof EngineError) throw error
      if (isAbort(error) || signal.aborted) throw new EngineError('aborted', 'The download was cancelled.')
      const reason = error instanceof Error ? error.message : String(error)
      const wait = WAITS[attempt]
      if (wait === undefined || globalThis.navigator?.onLine === false)
        throw new EngineError('download-failed', `${file.url} could not be downloaded: ${reason}`)
      const waitMs = Math.max(wait, error instanceof Passing ? (error.waitMs ?? 0) : 0)
      onState({ doneBytes: received.length, state: { type: 'retrying', reason, waitMs } })
      await pause(waitMs, signal).catch(() => {
        throw new EngineError('aborted', 'The download was cancelled.')
      })
    }
  }
}

async function fetchRest(file: WantedFile, received: Received, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onState } = options
  const from = received.length
  // `no-store`: the HTTP cache would keep a second copy beside ours.
  const response = await options.fetch(absoluteUrl(options.sourceOf(file.url)), {
    signal,
    cache: 'no-store',
    ...(from > 0 ? { headers: { Range: `bytes=${from}-` } } : {}),
  })
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html')
  if (response.status === 404 || isPage) throw new EngineError('file-missing', `${file.url} is not on the server.`)
  if (busy.has(response.status)) throw new Passing(`the server answered ${response.status}`, retryAfter(response))
  if (response.status === 416) {
    received.length = 0
    throw new Passing('the server could not go on from where it broke off')
  }
  if (!response.ok || !response.body)
    throw new EngineError('download-failed', `${file.url}: the server answered ${response.status}.`)
  // A server that cannot go on sends everything once more.
  const goesOn = response.status === 206 && response.headers.get('Content-Range')?.startsWith(`bytes ${from}-`) !== false
  if (!goesOn) received.length = 0
  await collectBody(response.body, received, () => onState({ doneBytes: received.length, state: { type: 'fetching' } }))
  if (file.sizeBytes !== undefined && received.length < file.sizeBytes)
    throw new Passing(`it ended after ${received.length} of ${file.sizeBytes} bytes`)
  return received.bytes.slice(0, received.length)
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT) : undefined
}
