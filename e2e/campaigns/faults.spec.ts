import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from '@playwright/test'
import { browserArgs } from '../../playwright.config.ts'
import { findBrowser } from '../../tools/find-browser.mjs'
import { driver } from '../driver.ts'
import { type AppServer, startAppServer } from '../fixtures/app-server.ts'
import { campaign, isLeft, type Round } from './fault-rounds.ts'
import { type Draft, draftOnDisk, storedText } from './stored-texts.ts'

/**
 * Faults of the engine, many times over, with the tiny model on the GPU or its software adapter: `npm run campaign:faults`.
 * Each must end in a model that is ready again, or in words that say what to do; what was written is kept; within ten seconds
 * the page says what is the matter. Rounds are lines of .cache/campaigns/faults.jsonl: a run goes on from where the last one
 * stopped. LONGHAND_CASES rounds of each kind; MINUTES after which no further round begins.
 */
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
  JSON.stringify({ runsOn: 'gpu', replyTokens: 64, temperature: 1, memory: false, windows: { tiny: windowTokens } })
const address = (windowTokens = 1024) => `/?engine=tiny&settings=${encodeURIComponent(settings(windowTokens))}`

async function openBrowser(more: readonly string[] = []): Promise<void> {
  const executablePath = findBrowser()
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...browserArgs, ...more] })
  context = await browser.newContext({ baseURL: server.url })
  // What waits longer than a load on a busy machine takes waits for ever.
  context.setDefaultTimeout(120_000)
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
test.afterEach(async () => {
  if (test.info().status === 'failed') console.log(`The page then:\n${await page.locator('body').innerText()}`)
  await browser.close()
})
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
  if (state === 'none' || state === 'error') await loadAgain().click()
  await expect.poll(engine, { timeout: 180_000 }).toBe('ready')
}

async function openReady(): Promise<void> {
  await page.goto(address())
  await expect(driver(page).message).toBeVisible()
  await loadAgain().click()
  await makeReady()
}

/** Opens the page and begins to load, unless it does so by itself because a model was loaded when it was left. */
async function openLoading(windowTokens?: number): Promise<void> {
  await page.goto(address(windowTokens))
  await expect(driver(page).message).toBeVisible()
  // The offer goes away where the load begins by itself meanwhile.
  if ((await engine()) === 'none')
    await loadAgain()
      .click({ timeout: 5000 })
      .catch(() => {})
  await expect.poll(engine).not.toBe('none')
}

async function send(text: string): Promise<void> {
  const { message } = driver(page)
  await message.fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

const lastReply = () => driver(page).replies.last()

/**
 * Does harm and watches what the page makes of it, until the model is ready again or an error says what to do. `mayWait`: a
 * wait that is counted down on the screen for minutes is an end as well, as where the browser refuses the GPU.
 */
async function harmed(
  harm: () => Promise<unknown> | undefined,
  mayWait = false,
): Promise<Pick<Round, 'noticedMs' | 'endedMs' | 'end' | 'words'>> {
  const told = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const notes = '[role="alert"], [role="status"] > *'
        const before = new Set(document.querySelectorAll(notes))
        const words = () => /Loading .* again|is loaded again|does not answer/.exec(document.body.innerText)?.[0]
        // A busy worker may have been called silent before the harm was done.
        const said = words()
        const look = () => {
          const state = document.documentElement.dataset.engine
          const fresh = [...document.querySelectorAll(notes)].some((note) => !before.has(note))
          const now = words()
          if ((now !== undefined && now !== said) || state === 'error' || state === 'waiting' || (fresh && state !== 'loading'))
            resolve(performance.now() - began)
          // Nothing was said for a minute: that is what the round then records.
          else if (performance.now() - began > 60_000) resolve(performance.now() - began)
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
        return state === 'ready' || state === 'error' || (mayWait && state === 'waiting')
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

/** A reply that is being written, with something of it on disk; one that ends before that is begun anew. */
async function beginReply(question: string): Promise<Draft> {
  for (;;) {
    await driver(page).newChat()
    await send(question)
    await expect(lastReply()).toBeVisible({ timeout: 60_000 })
    const isWritten = async () => (await draftOnDisk(page))?.text || (await statusOfReply()) !== 'streaming'
    await expect.poll(isWritten, { timeout: 120_000, intervals: [50] }).toBeTruthy()
    await someMs(800)
    const draft = await draftOnDisk(page)
    if (draft?.text && (await statusOfReply()) === 'streaming') return draft
  }
}
const statusOfReply = () => lastReply().getAttribute('data-status')

/** A fault while a reply is written; where the reply ended by itself just before, there was none, and it is begun anew. */
const whileWriting = (harm: () => Promise<unknown> | undefined) => async (number: number) => {
  for (;;) {
    await makeReady()
    const draft = await beginReply(`Talk ${number}`)
    const seen = await harmed(harm)
    const kept = (await storedText(page, draft.id)).startsWith(draft.text)
    if ((await statusOfReply()) !== 'complete') return { ...seen, kept, continued: await goOn() }
  }
}

const onePage = (name: string, round: (number: number) => Promise<Round>, flags: string[] = []) =>
  test(name, async () => {
    await openBrowser(flags)
    if (isLeft(name)) await openReady()
    await campaign(name, round)
  })

onePage('device lost while idle', whileIdle(destroyDevices))
onePage('device lost while reading', whileReading(destroyDevices))
onePage('device lost while writing', whileWriting(destroyDevices))
onePage('worker ended while idle', whileIdle(endWorker))
onePage('worker ended while writing', whileWriting(endWorker))
// Without these flags the browser refuses the page any GPU after the second crash, which is the next kind, and all pages after
// the third, until it is started anew.
onePage('GPU process crash', whileWriting(crashGpu), [
  '--disable-domain-blocking-for-3d-apis',
  '--disable-gpu-process-crash-limit',
])

test('device lost while loading', async () => {
  await openBrowser()
  await campaign('device lost while loading', async () => {
    await openLoading()
    await expect
      .poll(() => gpuWorker()?.evaluate(() => (globalThis as unknown as { testDevices: unknown[] }).testDevices.length), {
        timeout: 60_000,
        intervals: [50],
      })
      .toBeGreaterThan(0)
    await someMs(4000)
    return harmed(destroyDevices)
  })
})

test('GPU process crash twice: the browser refuses the GPU', async () => {
  await openBrowser()
  await campaign('GPU refused', async () => {
    await browser.close()
    await openBrowser()
    await openLoading()
    await expect.poll(engine).toBe('loading')
    await someMs(1500)
    await crashGpu()
    await someMs(1500)
    return harmed(crashGpu, true)
  })
})

test('out of memory by a window that is too large', async () => {
  await openBrowser()
  await campaign('out of memory', async (number) => {
    await openLoading(12_000_000)
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
