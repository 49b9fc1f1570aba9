import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from '@playwright/test'
import { browserArgs } from '../../playwright.config.ts'
import type { Storage } from '../../src/ports/storage.ts'
import { findBrowser } from '../../tools/find-browser.mjs'
import { driver } from '../driver.ts'
import { type AppServer, startAppServer } from '../fixtures/app-server.ts'

/**
 * Faults of the engine, many times over, with the tiny model on the GPU or its software adapter: `npm run campaign:faults`.
 * Each must end in a model that is ready again, or in words that say what to do; what was written is kept; within ten seconds
 * the page says what is the matter. Rounds are lines of .cache/campaigns/faults.jsonl: a run goes on from where the last one
 * stopped. LONGHAND_CASES rounds of each kind; LONGHAND_MINUTES after which no further round begins.
 */
const rounds = Number(process.env.LONGHAND_CASES ?? 20)
const until = Date.now() + Number(process.env.LONGHAND_MINUTES ?? 600) * 60_000
const folder = '.cache/campaigns'
const file = `${folder}/faults.jsonl`

type Line = {
  readonly kind: string
  readonly round: number
  readonly at: string
  /** From the fault until the page showed that something is the matter, and until it was ready again or said what to do. */
  readonly noticedMs: number
  readonly endedMs: number
  readonly end: 'ready' | 'said what to do'
  /** What was written at the fault is what the kept reply begins with; absent where nothing was being written. */
  readonly kept?: boolean
  /** The kept reply was gone on with to its end; absent where there was none. */
  readonly continued?: boolean
  readonly words?: string
}

function lines(kind: string): Line[] {
  if (!existsSync(file)) return []
  const all = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
  return all.map((line) => JSON.parse(line) as Line).filter((line) => line.kind === kind)
}

/** Runs the rounds of a kind that are still to do, then judges all of them. */
async function campaign(kind: string, round: (number: number) => Promise<Omit<Line, 'kind' | 'round' | 'at'>>): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (let number = lines(kind).length + 1; number <= rounds && Date.now() < until; number++) {
    const line: Line = { kind, round: number, at: new Date().toISOString(), ...(await round(number)) }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
  const done = lines(kind)
  const bad = done.filter(({ noticedMs, kept, continued }) => noticedMs > 10_000 || kept === false || continued === false)
  expect(bad, `${kind}: rounds in which something was lost or nothing was said`).toEqual([])
  const left = rounds - done.length
  test.info().annotations.push({ type: 'rounds', description: `${done.length} of ${rounds}` })
  test.skip(left > 0, `${left} rounds are left: run it again`)
}

/** Collects the GPU devices of the worker, so that a test can end them. */
const hook = `{
  const devices = (globalThis.testDevices = [])
  const original = GPUAdapter.prototype.requestDevice
  GPUAdapter.prototype.requestDevice = async function (...options) {
    const device = await original.apply(this, options)
    devices.push(device)
    return device
  }
}
`
const withHook = (path: string) =>
  /\/webllm\.worker-[^/]*\.js$/.test(path) ? hook + readFileSync(`dist-test${path}`, 'utf8') : undefined

let server: AppServer
let browser: Browser
let context: BrowserContext
let page: Page

const settings = (windowTokens: number) =>
  JSON.stringify({ runsOn: 'gpu', replyTokens: 96, temperature: 1, memory: false, windows: { tiny: windowTokens } })
const address = (windowTokens = 1024) => `/?engine=tiny&settings=${encodeURIComponent(settings(windowTokens))}`

async function openBrowser(more: readonly string[] = []): Promise<void> {
  const executablePath = findBrowser()
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...browserArgs, ...more] })
  context = await browser.newContext({ baseURL: server.url })
  page = await context.newPage()
  // Workers that a page made, so that a test can end them as a browser does that is short of memory: without a word.
  await page.addInitScript(() => {
    const workers: Worker[] = []
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given)
        if (String(given[0]).includes('webllm')) workers.push(this)
      }
    }
    Object.assign(globalThis, { testWorkers: workers })
  })
}

test.beforeAll(async () => {
  server = await startAppServer({ script: withHook })
})
test.afterAll(() => server.close())
test.afterEach(() => browser.close())
test.beforeEach(() => test.setTimeout(0))

const engine = () => driver(page).engine()
const loadAgain = () => page.getByRole('button', { name: /^Load / }).first()
const gpuWorker = () =>
  page
    .workers()
    .filter((worker) => worker.url().includes('webllm.worker'))
    .at(-1)
const destroyDevices = () =>
  gpuWorker()?.evaluate(() => {
    for (const device of (globalThis as unknown as { testDevices: { destroy(): void }[] }).testDevices) device.destroy()
  })
const crashGpu = async () => {
  const session = await browser.newBrowserCDPSession()
  await session.send('Browser.crashGpuProcess')
}
const endWorker = () => page.evaluate(() => (globalThis as unknown as { testWorkers: Worker[] }).testWorkers.at(-1)?.terminate())

/** A ready model, whatever the round before ended with. */
async function makeReady(): Promise<void> {
  const state = await engine()
  if (state !== 'ready' && state !== 'generating' && state !== 'loading') await loadAgain().click()
  await expect.poll(engine, { timeout: 180_000 }).toBe('ready')
}

async function openReady(): Promise<void> {
  await page.goto(address())
  await expect(driver(page).message).toBeVisible()
  await loadAgain().click()
  await makeReady()
}

async function send(text: string): Promise<void> {
  const { message } = driver(page)
  await message.fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

const lastReply = () => driver(page).replies.last()

/** Does harm and watches what the page makes of it. `state` is what the engine is said to be in before. */
async function harmed(harm: () => Promise<unknown> | undefined): Promise<Pick<Line, 'noticedMs' | 'endedMs' | 'end' | 'words'>> {
  const told = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const notes = '[role="alert"], [role="status"] > *'
        const before = new Set(document.querySelectorAll(notes))
        const look = () => {
          const state = document.documentElement.dataset.engine
          const fresh = [...document.querySelectorAll(notes)].some((note) => !before.has(note))
          const again = /Loading .* again|is loaded again|does not answer/.test(document.body.innerText)
          if (again || state === 'error' || state === 'waiting' || (fresh && state !== 'loading'))
            resolve(performance.now() - began)
          else setTimeout(look, 20)
        }
        look()
      }),
  )
  const began = Date.now()
  await harm()
  const noticedMs = Math.round(await told)
  await expect
    .poll(
      async () => {
        const state = await engine()
        return state === 'ready' || state === 'error' || state === 'waiting'
      },
      { timeout: 180_000, intervals: [50] },
    )
    .toBe(true)
  const endedMs = Date.now() - began
  if ((await engine()) === 'ready') return { noticedMs, endedMs, end: 'ready' }
  const note = page.getByRole('alert').last()
  await expect(note).toBeVisible()
  return { noticedMs, endedMs, end: 'said what to do', words: (await note.innerText()).replaceAll('\n', ' ') }
}

/** Goes on with a reply that was cut off, to its end. */
async function goOn(): Promise<boolean> {
  await makeReady()
  await page
    .getByRole('button', { name: /^(Continue|Try again)$/ })
    .last()
    .click()
  await expect(lastReply()).toHaveAttribute('data-status', 'complete', { timeout: 180_000 })
  return true
}

type Draft = { readonly id: `msg:${string}`; readonly text: string }

/** What is on disk of the reply that is being written. */
const draftOnDisk = () =>
  page.evaluate(
    () =>
      new Promise<Draft | undefined>((resolve, reject) => {
        const open = indexedDB.open('longhand')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const rows = open.result.transaction('drafts').objectStore('drafts').getAll()
          rows.onsuccess = () => {
            open.result.close()
            const row = (rows.result as { body: string }[]).at(-1)
            resolve(row && (JSON.parse(row.body) as Draft))
          }
        }
      }),
  )

/** The text of a stored message. */
const storedText = (id: Draft['id']) =>
  page.evaluate(async (id) => {
    const { chat } = (globalThis as unknown as { longhandStorage: Storage }).longhandStorage
    return (await chat.getMessage(id))?.text ?? ''
  }, id)

const someMs = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most))

/** A fault while nothing is asked of the model. */
const whileIdle = (harm: () => Promise<unknown> | undefined) => async () => {
  await makeReady()
  return harmed(harm)
}

/** A fault while a long prompt is read: nothing is written yet, the question is kept. */
const whileReading = (harm: () => Promise<unknown> | undefined) => async (number: number) => {
  await makeReady()
  await driver(page).newChat()
  await send(`Question ${number}. ${'a long prompt that takes its time to be read '.repeat(12)}`)
  await expect(page.getByText(/^Reading [1-9]/)).toBeVisible({ timeout: 60_000 })
  await someMs(400)
  const seen = await harmed(harm)
  const kept = await driver(page)
    .yours.last()
    .innerText()
    .then((text) => text.includes(`Question ${number}.`))
  return { ...seen, kept, continued: await goOn() }
}

/** A fault while a reply is written. */
const whileWriting = (harm: () => Promise<unknown> | undefined) => async (number: number) => {
  await makeReady()
  await driver(page).newChat()
  await send(`Talk ${number}`)
  await expect(lastReply().locator('.prose[data-writing]')).toBeVisible({ timeout: 60_000 })
  await someMs(800)
  let draft: Draft | undefined
  await expect(async () => {
    draft = await draftOnDisk()
    expect(draft?.text).toBeTruthy()
  }).toPass({ intervals: [50] })
  const seen = await harmed(harm)
  const kept = draft !== undefined && (await storedText(draft.id)).startsWith(draft.text)
  return { ...seen, kept, continued: await goOn() }
}

const onePage = (name: string, round: (number: number) => Promise<Omit<Line, 'kind' | 'round' | 'at'>>, flags: string[] = []) =>
  test(name, async () => {
    await openBrowser(flags)
    if (lines(name).length < rounds && Date.now() < until) await openReady()
    await campaign(name, round)
  })

onePage('device lost while idle', whileIdle(destroyDevices))
onePage('device lost while reading', whileReading(destroyDevices))
onePage('device lost while writing', whileWriting(destroyDevices))
onePage('worker ended while idle', whileIdle(endWorker))
onePage('worker ended while writing', whileWriting(endWorker))
// Without the flag the browser refuses the page any GPU after the second crash, which is the next kind.
onePage('GPU process crash', whileWriting(crashGpu), ['--disable-domain-blocking-for-3d-apis'])

test('device lost while loading', async () => {
  await openBrowser()
  await campaign('device lost while loading', async () => {
    await page.goto(address())
    await loadAgain().click()
    await expect
      .poll(() => gpuWorker()?.evaluate(() => (globalThis as unknown as { testDevices: unknown[] }).testDevices.length), {
        timeout: 60_000,
        intervals: [50],
      })
      .toBeGreaterThan(0)
    await someMs(3000)
    const seen = await harmed(destroyDevices)
    await page.evaluate(() => indexedDB.databases())
    return seen
  })
})

test('GPU process crash twice: the browser refuses the GPU', async () => {
  await openBrowser()
  await campaign('GPU refused', async () => {
    await browser.close()
    await openBrowser()
    await page.goto(address())
    await loadAgain().click()
    await expect.poll(engine).toBe('loading')
    await someMs(1500)
    await crashGpu()
    await someMs(1500)
    const seen = await harmed(crashGpu)
    return seen
  })
})

test('out of memory by a window that is too large', async () => {
  await openBrowser()
  await campaign('out of memory', async (number) => {
    await page.goto(address(12_000_000))
    await expect(driver(page).message).toBeVisible()
    await loadAgain().click()
    const began = Date.now()
    await expect(page.getByText(/Not enough memory for a window of/)).toBeVisible({ timeout: 60_000 })
    const noticedMs = Date.now() - began
    await expect.poll(engine, { timeout: 180_000 }).toBe('ready')
    const endedMs = Date.now() - began
    await expect(page.getByText(/The window of .* is now 4,096 tokens/)).toBeVisible()
    if (number === 1) await send('Kept from the first round')
    else await driver(page).conversations.getByText('Kept from the first round').first().click()
    await expect(driver(page).yours.first()).toContainText('Kept from the first round')
    await expect(lastReply()).toHaveAttribute('data-status', 'complete', { timeout: 180_000 })
    return { noticedMs, endedMs, end: 'ready', kept: true }
  })
})
