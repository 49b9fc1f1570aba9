import { EngineError } from '#ports/engine.ts'
import { absoluteUrl, type WantedFile } from './wanted-file.ts'

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

function failed(file: WantedFile, reason: unknown): EngineError {
  if (reason instanceof EngineError) return reason
  if (isAbort(reason)) return new EngineError('aborted', 'The download was cancelled.')
  return new EngineError(
    'download-failed',
    `${file.url} could not be downloaded: ${reason instanceof Error ? reason.message : reason}`,
  )
}

/**
 * Fetches one file into memory. `onBytes` is told each number of bytes that arrived, and a negative number never.
 * Throws EngineError `aborted`, `file-missing` or `download-failed`.
 */
export async function fetchFile(
  file: WantedFile,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
  fetchImplementation: typeof fetch = fetch,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // `no-store`: the HTTP cache would keep a second copy beside ours.
    const response = await fetchImplementation(absoluteUrl(file.url), { signal, cache: 'no-store' })
    const isPage = response.headers.get('Content-Type')?.startsWith('text/html')
    if (response.status === 404 || isPage) throw new EngineError('file-missing', `${file.url} is not on the server.`)
    if (!response.ok || !response.body)
      throw new EngineError('download-failed', `${file.url}: the server answered ${response.status}.`)
    return await collect(file, response.body, onBytes)
  } catch (error) {
    throw failed(file, error)
  }
}

async function collect(
  file: WantedFile,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  let all = new Uint8Array(file.sizeBytes ?? 1 << 20)
  let length = 0
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    if (length + value.length > all.length) {
      const larger = new Uint8Array(Math.max(length + value.length, all.length * 2))
      larger.set(all.subarray(0, length))
      all = larger
    }
    all.set(value, length)
    length += value.length
    onBytes(value.length)
  }
  if (file.sizeBytes !== undefined && length < file.sizeBytes)
    throw new EngineError('download-failed', `${file.url} ended after ${length} of ${file.sizeBytes} bytes.`)
  return length === all.length ? all : all.slice(0, length)
}
