import { createHash } from 'node:crypto'
import { expect, type Page, type Route, test } from '@playwright/test'
import { type AppServer, startAppServer } from './fixtures/app-server.ts'

// The one document that may talk to the hub. The hub is played by the test: nothing leaves this computer.
let server: AppServer
let page: Page
let asked: string[]
const shard = Buffer.alloc(500_000, 1)
const md5sum = createHash('md5').update(shard).digest('hex')
const files: Readonly<Record<string, Buffer>> = {
  'mlc-chat-config.json': Buffer.from('{}'),
  'tokenizer.json': Buffer.from('{}'),
  'tensor-cache.json': Buffer.from(
    JSON.stringify({
      records: [
        { dataPath: 'params_shard_0.bin', nbytes: shard.length, md5sum },
        { dataPath: 'params_shard_1.bin', nbytes: shard.length, md5sum },
      ],
    }),
  ),
  'params_shard_0.bin': shard,
  'params_shard_1.bin': shard,
}

/** Answers as the hub does; `hold` keeps an answer back for as long as its promise is open. */
async function playHub(
  hold: (name: string) => Promise<void> | undefined = () => undefined,
  change: (name: string, body: Buffer) => Buffer | Promise<Buffer> = (_name, body) => body,
): Promise<void> {
  await page.context().route(/^https:/, async (route: Route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    asked.push(name)
    await hold(name)
    const body = files[name] ?? (name.endsWith('.wasm') ? Buffer.alloc(10) : undefined)
    const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/octet-stream' }
    // A request that the page gave up meanwhile cannot be answered.
    await (body ? route.fulfill({ body: await change(name, body), headers }) : route.fulfill({ status: 404, headers })).catch(
      () => {},
    )
  })
}

test.beforeEach(async ({ browser }) => {
  asked = []
  server = await startAppServer()
  page = await browser.newPage({ baseURL: server.url })
})
test.afterEach(async () => {
  const reports = server.takeReports()
  await page.context().close()
  await server.close()
  expect(reports, 'violations of the policy').toEqual([])
})

/** A model whose licence sets no conditions. */
async function openFirstModel(): Promise<void> {
  await page.goto('/get.html')
  await page.getByRole('listitem').first().getByRole('link').first().click()
  await expect(page.getByText('Licence', { exact: true })).toBeVisible()
}

/** Files of models in the browser's caches. */
const filesKept = () =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))
    return counts.reduce((sum, count) => sum + count, 0)
  })

const download = () => page.getByRole('button', { name: /^Download/ })

test('downloads a model file by file and hands back', async () => {
  await playHub()
  await openFirstModel()
  expect(asked, 'nothing is asked before the user asks').toEqual([])
  await download().click()
  await expect(page.getByText('All files are here and checked.')).toBeVisible()
  expect(asked.filter((name) => name.startsWith('params_shard')).sort()).toEqual(['params_shard_0.bin', 'params_shard_1.bin'])
  expect(await filesKept(), 'configuration, tokenizer, list of shards, two shards, library').toBe(6)
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])
  await page.getByRole('link', { name: 'Back to load it' }).click()
  await expect(page).toHaveURL(`${server.url}/#/models`)
  await expect(page.getByRole('heading', { name: 'Models' })).toBeVisible()
})

test('pauses, keeps the files that are whole, and goes on', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  await playHub((name) => (name === 'params_shard_1.bin' ? gate : undefined))
  await openFirstModel()
  await download().click()
  await expect(page.getByText(/500 kB of 1.0 MB/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/^Paused/)).toBeVisible()
  open()
  asked = []
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('All files are here and checked.')).toBeVisible()
  expect(asked).toEqual(['params_shard_1.bin'])
})

test('says what went wrong, offline and online, and cancels without a trace', async () => {
  await openFirstModel()
  await page.context().setOffline(true)
  await download().click()
  await expect(page.getByRole('alert')).toContainText('This device is offline.')
  await page
    .context()
    .route(/^https:/, (route) => route.fulfill({ status: 503, headers: { 'Access-Control-Allow-Origin': '*' } }))
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toContainText('The download failed.')
  await expect(page.getByRole('alert')).toContainText('503')
  await page.getByRole('button', { name: 'Cancel and remove' }).click()
  await expect(download()).toBeVisible()
  expect(await filesKept()).toBe(0)
})

test('fetches again what arrived damaged, says so, and says what each file was checked by', async () => {
  let bad = 1
  await playHub(undefined, (name, body) => {
    if (name !== 'params_shard_1.bin') return body
    if (bad-- > 0) return Buffer.alloc(body.length, 2)
    // Long enough for the words about the first one to be seen.
    return new Promise<Buffer>((resolve) => setTimeout(() => resolve(body), 1500))
  })
  await openFirstModel()
  const words = page.getByText('params_shard_1.bin was damaged. It was thrown away and is fetched again.')
  const said = words.waitFor({ state: 'attached' }).then(() => true)
  await download().click()
  await expect(page.getByText('All files are here and checked.')).toBeVisible()
  expect(asked.filter((name) => name === 'params_shard_1.bin')).toHaveLength(2)
  expect(await Promise.race([said, new Promise((resolve) => setTimeout(() => resolve('not said'), 15_000))])).toBe(true)
})

test('goes on after a reload with what is whole', async () => {
  await playHub((name) => (name === 'params_shard_1.bin' ? new Promise(() => {}) : undefined))
  await openFirstModel()
  await download().click()
  await expect(page.getByText(/500 kB of 1.0 MB/)).toBeVisible()
  await page.reload()
  await expect(page.getByText(/500 kB of it are here already/)).toBeVisible()
  await page.context().unrouteAll({ behavior: 'ignoreErrors' })
  await playHub()
  asked = []
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('All files are here and checked.')).toBeVisible()
  expect(asked).toEqual(['params_shard_1.bin'])
})

test('asks for agreement where the licence sets conditions', async () => {
  await page.goto('/get.html?model=Llama-3.2-1B-Instruct-q4f16_1-MLC')
  await expect(download()).toBeDisabled()
  await page.getByRole('checkbox', { name: 'I accept the Llama 3.2 licence' }).check()
  await expect(download()).toBeEnabled()
})

test('takes files of this computer, where they are the right ones, and needs no network for it', async () => {
  await openFirstModel()
  await page.getByText('I have the files already').click()
  const bring = (names: readonly string[], change: (body: Buffer) => Buffer = (body) => body) =>
    page
      .getByLabel('Files of this model')
      .setInputFiles(
        names.map((name) => ({ name, mimeType: 'application/octet-stream', buffer: change(files[name] ?? Buffer.alloc(10)) })),
      )
  await bring([
    'mlc-chat-config.json',
    'tokenizer.json',
    'tensor-cache.json',
    'Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm',
    'params_shard_0.bin',
  ])
  await expect(page.getByText('5 files taken in. Still missing: params_shard_1.bin.')).toBeVisible()
  await bring(['params_shard_1.bin'], (body) => Buffer.alloc(body.length, 9))
  await expect(page.getByText(/params_shard_1.bin is damaged: its MD5/)).toBeVisible()
  await bring(['params_shard_1.bin'])
  await expect(page.getByText('1 file taken in.')).toBeVisible()
  await page.goto('/#/models')
  await page.getByText('On disk', { exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Qwen3 0.6B' })).toBeVisible()
  expect(asked).toEqual([])
})

test('refuses an address that its policy does not allow, in words', async () => {
  await openFirstModel()
  await page.getByText('From another address').click()
  const address = page.getByRole('textbox', { name: 'A folder at the hub or on this server that holds the same files' })
  await address.fill('https://example.org/x')
  await expect(page.getByText('This page may fetch from its own server and from the hub, and from nowhere else.')).toBeVisible()
  await expect(download()).toBeDisabled()
})
