import { expect, type Page, type Route, test } from '@playwright/test'
import { type AppServer, startAppServer } from './fixtures/app-server.ts'

// The one document that may talk to the hub. The hub is played by the test: nothing leaves this computer.
let server: AppServer
let page: Page
let asked: string[]
const shard = Buffer.alloc(500_000, 1)
const files: Readonly<Record<string, Buffer>> = {
  'mlc-chat-config.json': Buffer.from('{}'),
  'tokenizer.json': Buffer.from('{}'),
  'tensor-cache.json': Buffer.from(
    JSON.stringify({
      records: [
        { dataPath: 'params_shard_0.bin', nbytes: shard.length },
        { dataPath: 'params_shard_1.bin', nbytes: shard.length },
      ],
    }),
  ),
  'params_shard_0.bin': shard,
  'params_shard_1.bin': shard,
}

/** Answers as the hub does; `hold` keeps an answer back for as long as its promise is open. */
async function playHub(hold: (name: string) => Promise<void> | undefined = () => undefined): Promise<void> {
  await page.context().route(/^https:/, async (route: Route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    asked.push(name)
    await hold(name)
    const body = files[name] ?? (name.endsWith('.wasm') ? Buffer.alloc(10) : undefined)
    const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/octet-stream' }
    // A request that the page gave up meanwhile cannot be answered.
    await (body ? route.fulfill({ body, headers }) : route.fulfill({ status: 404, headers })).catch(() => {})
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

async function openFirstModel(): Promise<void> {
  await page.goto('/get.html')
  await page.getByRole('listitem').first().getByRole('link').click()
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
