import { cacheNames } from '#engine/model-files/file-cache.ts'

/**
 * Makes the worker's `fetch` answer from the caches of model files and refuse everything else, so that web-llm itself can
 * never reach the network and never loads a byte that was not checked. Returns the real `fetch`.
 */
export function fetchFromCacheOnly(): typeof fetch {
  const network = globalThis.fetch.bind(globalThis)
  globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : String(input)
    // Its own WebAssembly stands in data: addresses; it decodes them itself when fetching fails.
    if (!url.startsWith('data:'))
      for (const name of cacheNames) {
        const kept = await (await caches.open(name)).match(url)
        if (kept) return kept
      }
    throw new TypeError(`Not among the checked model files: ${url.slice(0, 100)}`)
  }
  return network
}
