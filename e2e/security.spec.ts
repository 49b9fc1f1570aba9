import { type BrowserContext, expect, type Page, test as plain } from '@playwright/test'
import { startAppServer } from './fixtures/app-server.ts'
import { type EvilServer, startEvilServer } from './fixtures/evil-server.ts'
import { pageVectors, refusedByTheBrowser, type Vector, workerVectors } from './fixtures/leak-vectors.ts'

/** Long enough for a request, a navigation or a STUN packet to go out. */
const waitMs = 900

/** A vector that is refused throws, and that is as it should be: what counts is what the other host hears. */
const attempt = async (run: () => Promise<unknown>) => {
  await Promise.race([run().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, waitMs))])
}

async function tryOnPage(page: Page, evil: EvilServer, name: string, vector: Vector): Promise<void> {
  // A string and not a function: vectors made from text must reach the page as they are.
  await attempt(() => page.evaluate(`(${vector})(${JSON.stringify({ url: `${evil.url}/${name}`, udpPort: evil.udpPort })})`))
  await page.waitForTimeout(waitMs)
}

/** The program of a worker that tries one vector. */
const workerProgram = (evil: EvilServer, name: string, vector: Vector) =>
  `Promise.resolve().then(() => (${vector})(${JSON.stringify({ url: `${evil.url}/${name}`, udpPort: evil.udpPort })})).catch(() => {})`

const workerPath = '/leak-worker/'

/** A worker from a file has the policy of that file's response; one from a blob inherits its page's. */
async function tryOnWorker(page: Page, evil: EvilServer, name: string, vector: Vector, kind: 'file' | 'blob'): Promise<void> {
  const started = page.waitForEvent('worker')
  const fullName = `${name}-${kind}`
  const source = kind === 'file' ? { path: workerPath + name } : { text: workerProgram(evil, fullName, vector) }
  await page.evaluate((source) => {
    new Worker(source.path ?? URL.createObjectURL(new Blob([source.text ?? ''], { type: 'text/javascript' })))
  }, source)
  await started
  await page.waitForTimeout(waitMs)
}

/** Serves the programs of workers from files. */
const workerScript = (evil: EvilServer) => (path: string) => {
  const name = path.startsWith(workerPath) ? path.slice(workerPath.length) : ''
  const vector = workerVectors[name]
  return vector ? workerProgram(evil, `${name}-file`, vector) : undefined
}

/** Tries every vector, each on a page of its own, some at a time; returns those that reached the other host. */
async function leaksOf(context: BrowserContext, url: string, evil: EvilServer): Promise<readonly string[]> {
  const tries: [string, (page: Page) => Promise<void>][] = [
    ...Object.entries(pageVectors).map(([name, vector]): [string, (page: Page) => Promise<void>] => [
      name,
      (page) => tryOnPage(page, evil, name, vector),
    ]),
    ...Object.entries(workerVectors).flatMap(([name, vector]) =>
      (['file', 'blob'] as const).map((kind): [string, (page: Page) => Promise<void>] => [
        `${name}-${kind}`,
        (page) => tryOnWorker(page, evil, name, vector, kind),
      ]),
    ),
  ]
  const queue = [...tries]
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const page = await context.newPage()
      await page.goto(`${url}/?engine=scripted`)
      await next[1](page)
      await page.close()
    }
  }
  await Promise.all(Array.from({ length: 6 }, lane))
  return tries.map(([name]) => name).filter((name) => evil.heard().has(name))
}

plain.describe('what the page can tell another host', () => {
  plain.setTimeout(600_000)
  let evil: EvilServer
  plain.beforeEach(async () => {
    evil = await startEvilServer()
  })
  plain.afterEach(() => evil.close())

  plain('[S1] nothing, by any vector, from page and workers', async ({ browser }) => {
    const server = await startAppServer({ script: workerScript(evil) })
    const context = await browser.newContext()
    const leaks = await leaksOf(context, server.url, evil)
    await context.close()
    await server.close()
    expect(leaks).toEqual([])
    expect([...evil.heard()], 'the other host heard nothing at all').toEqual([])
    expect(evil.connections(), 'not even a connection was opened').toBe(0)
    expect(Object.keys(pageVectors).length + 2 * Object.keys(workerVectors).length).toBeGreaterThanOrEqual(33)
  })

  plain('[S1] everything, without headers and guard: the test can see leaks', async ({ browser }) => {
    const server = await startAppServer({ headers: () => ({}), script: workerScript(evil) })
    const context = await browser.newContext()
    await context.route('**/guard.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    const leaks = await leaksOf(context, server.url, evil)
    await context.close()
    await server.close()
    const all = [...Object.keys(pageVectors), ...Object.keys(workerVectors).flatMap((name) => [`${name}-file`, `${name}-blob`])]
    expect(all.filter((name) => !leaks.includes(name) && !refusedByTheBrowser.includes(name))).toEqual([])
  })
})
