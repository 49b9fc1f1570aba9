import { sha256 } from '#engine/model-files/check-digest.ts'
import { cacheNames } from '#engine/model-files/file-cache.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'

/** Where files of the user's own are kept, below the origin. No server has them. */
const ownFolder = '/models/own/'
/** What is known of such a file, beside it: the model, as JSON. Written last, so that half a copy is no model. */
export const recordName = 'model.json'

export const folderOf = (id: string): string => `${ownFolder}${id.replace(':', '-')}/`

/** A name that is plain in an address, and still the user's. */
export function plainName(fileName: string): string {
  const plain = fileName.replace(/\.gguf$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-')
  return `${plain || 'model'}.gguf`
}

const samples = 64
const sampleBytes = 4096

/**
 * A name for a file by what is in it: 16 hex digits of a digest of its header, its size and 64 samples of its weights. Two
 * files of one name are told apart, and one that is brought twice is not.
 */
export async function fingerprint(file: Blob, header: Uint8Array<ArrayBuffer>): Promise<string> {
  const step = Math.max(1, Math.floor((file.size - header.length) / samples))
  const parts = Array.from({ length: samples }, (_, at) =>
    file.slice(header.length + at * step, header.length + at * step + sampleBytes),
  )
  const bytes = await new Blob([header, String(file.size), ...parts]).arrayBuffer()
  return (await sha256(new Uint8Array(bytes))).slice(0, 16)
}

/** Addresses of everything that is kept in the folder for the user's own files, with the cache that holds it. */
async function keptInOwnFolder(): Promise<readonly { readonly cache: Cache; readonly url: string }[]> {
  const begin = absoluteUrl(ownFolder)
  const lists = await Promise.all(
    cacheNames.map(async (name) => {
      const cache = await caches.open(name)
      return (await cache.keys()).filter(({ url }) => url.startsWith(begin)).map(({ url }) => ({ cache, url }))
    }),
  )
  return lists.flat()
}

/** Texts of all records, in no order. */
export async function readRecords(): Promise<readonly string[]> {
  if (typeof caches === 'undefined') return []
  const records = (await keptInOwnFolder()).filter(({ url }) => url.endsWith(`/${recordName}`))
  return Promise.all(records.map(async ({ cache, url }) => (await cache.match(url))?.text() ?? ''))
}

/** Removes all that is kept of one file. */
export async function removeFolder(id: string): Promise<void> {
  const begin = absoluteUrl(folderOf(id))
  for (const { cache, url } of await keptInOwnFolder()) if (url.startsWith(begin)) await cache.delete(url)
}

/** Removes what a copy left behind that was cut off: files in folders without a record. */
export async function removeLeftovers(): Promise<void> {
  const kept = await keptInOwnFolder()
  const folder = (url: string) => url.slice(0, url.lastIndexOf('/'))
  const whole = new Set(kept.filter(({ url }) => url.endsWith(`/${recordName}`)).map(({ url }) => folder(url)))
  for (const { cache, url } of kept) if (!whole.has(folder(url))) await cache.delete(url)
}
