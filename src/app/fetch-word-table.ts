/** Built by `npm run vectors:build`; served from this address as every file of the app. */
const url = '/vectors/words-128d.bin'
/** Idle or not, after so long it is fetched. */
const waitMs = 5000

/** Resolves when the page is drawn and has nothing to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: waitMs })
    else setTimeout(resolve, 500)
  })
}

export async function fetchWordTable(): Promise<Uint8Array> {
  await idle()
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}
