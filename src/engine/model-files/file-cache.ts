import { EngineError } from '#ports/engine.ts'
import { sha256 } from './check-digest.ts'
import { absoluteUrl, type WantedFile } from './wanted-file.ts'

/** The browser's cache in which WebLLM looks for a file of this kind; GGUF files have one of their own. */
function cacheName({ url, role }: Pick<WantedFile, 'url' | 'role'>): string {
  if (url.endsWith('.gguf')) return 'longhand/gguf'
  if (role === 'library') return 'webllm/wasm'
  return role === 'config' ? 'webllm/config' : 'webllm/model'
}

/** All caches that hold model files. */
export const cacheNames = ['longhand/gguf', 'webllm/model', 'webllm/config', 'webllm/wasm'] as const

function storage(): CacheStorage {
  if (typeof caches === 'undefined')
    throw new EngineError(
      'unsupported-device',
      'This page cannot keep model files: it is not served over https or from localhost.',
    )
  return caches
}

/** The kept file, or undefined. Its body is not read. */
export async function findFile(file: Pick<WantedFile, 'url' | 'role'>): Promise<Response | undefined> {
  const cache = await storage().open(cacheName(file))
  return cache.match(absoluteUrl(file.url))
}

/** Header of a kept file with the SHA-256 of its bytes, so that damage on the disk is found where no digest is published. */
const digestHeader = 'X-Longhand-SHA256'

/** Keeps a file, whole, with its digest. Throws `storage-full` where the browser has no room, else `download-failed`. */
export async function keepFile(file: WantedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await keep(file, bytes, bytes.byteLength, { [digestHeader]: file.sha256 ?? (await sha256(bytes)) })
}

/** Keeps a file as it comes; its digest is for whoever reads the stream to note. Throws as `keepFile`, and what the stream throws. */
export async function keepStream(
  file: WantedFile & { readonly sizeBytes: number },
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  await keep(file, body, file.sizeBytes, {})
}

async function keep(
  file: WantedFile,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>,
  sizeBytes: number,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const cache = await storage().open(cacheName(file))
  const type = file.url.endsWith('.wasm')
    ? 'application/wasm'
    : file.url.endsWith('.json')
      ? 'application/json'
      : 'application/octet-stream'
  const headers = {
    'Content-Type': type,
    'Content-Length': String(sizeBytes),
    ...more,
  }
  try {
    await cache.put(absoluteUrl(file.url), new Response(body, { headers }))
  } catch (error) {
    if (error instanceof EngineError) throw error
    const full = error instanceof DOMException && error.name === 'QuotaExceededError'
    throw new EngineError(
      full ? 'storage-full' : 'download-failed',
      `The browser would not keep the file ${file.url}: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** A file to check what is kept of it by: with the digest that was noted when it was kept, where none is published. */
export function keptFile(file: WantedFile, kept: Response): WantedFile {
  const digest = file.sha256 ?? kept.headers.get(digestHeader)
  return digest ? { ...file, sha256: digest } : file
}

/** Removes a file; true when it was there. */
export async function dropFile(file: Pick<WantedFile, 'url' | 'role'>): Promise<boolean> {
  const cache = await storage().open(cacheName(file))
  return cache.delete(absoluteUrl(file.url))
}

/** Size in bytes of a kept file, as noted when it was kept. */
export function keptSize(file: WantedFile, kept: Response): number {
  return file.sizeBytes ?? Number(kept.headers.get('Content-Length') ?? 0)
}

/** Addresses of all kept files. */
export async function keptUrls(): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(cacheNames.map(async (name) => (await storage().open(name)).keys()))
  return new Set(lists.flat().map(({ url }) => url))
}
