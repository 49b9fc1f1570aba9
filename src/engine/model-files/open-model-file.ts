import { EngineError } from '#ports/engine.ts'
import { cacheNames } from './file-cache.ts'
import { absoluteUrl } from './wanted-file.ts'

/** A kept model file, as a Blob that the browser reads from disk. Throws `file-missing`. */
export async function openModelFile(url: string): Promise<Blob> {
  for (const name of cacheNames) {
    const response = await (await caches.open(name)).match(absoluteUrl(url))
    if (response) return response.blob()
  }
  throw new EngineError('file-missing', `${url} is not in this browser.`)
}
