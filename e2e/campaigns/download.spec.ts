import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type AppServer, startAppServer } from '../fixtures/app-server.ts'

// Downloads that go wrong, many times over: `npm run campaign:download`. Each must end with every file whole, or say in words
// that it did not. The seed of each round is in its name.
const rounds = Number(process.env.LONGHAND_CASES ?? 20)
const model = 'Qwen3-0.6B-q4f16_1-MLC'
const library = 'Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm'

/** Numbers from 0 to 1 by a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const shards = Array.from({ length: 6 }, (_, index) => Buffer.alloc(200_000 + index, index + 1))
const files = new Map<string, Buffer>([
  ['mlc-chat-config.json', Buffer.from('{}')],
  ['tokenizer.json', Buffer.from('{}')],
  [library, Buffer.alloc(1000, 7)],
  ...shards.map((bytes, index) => [`params_shard_${index}.bin`, bytes] as const),
])
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
const records = shards.map((bytes, index) => ({
  dataPath: `params_shard_${index}.bin`,
  nbytes: bytes.length,
  md5sum: md5(bytes),
}))
files.set('tensor-cache.json', Buffer.from(JSON.stringify({ records })))

/** What the mirror does to an answer: leaves it, spoils it, breaks off after some bytes, or sends it slowly. */
type Harm = (name: string, body: Buffer) => { readonly body: Buffer; readonly cutAt?: number; readonly delayMs?: number }

let server: AppServer
let context: BrowserContext
let page: Page
let harm: Harm
const whole: Harm = (_name, body) => ({ body })

function answer(request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? ''
  if (!url.startsWith('/mirror/')) return false
  const name = url.slice('/mirror/'.length)
  const file = files.get(name)
  if (!file) {
    response.writeHead(404).end()
    return true
  }
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const { body, cutAt, delayMs = 0 } = harm(name, file)
  const rest = body.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': rest.length,
    ...(from > 0 ? { 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
  })
  setTimeout(() => {
    if (cutAt === undefined) response.end(rest)
    else response.write(rest.subarray(0, cutAt), () => setTimeout(() => response.destroy(), 20))
  }, delayMs)
  return true
}

test.beforeEach(async ({ browser }) => {
  server = await startAppServer({ answer })
  context = await browser.newContext({ baseURL: server.url })
  page = await context.newPage()
  harm = whole
})
test.afterEach(async () => {
  await context.close()
  await server.close()
})

async function openModel(): Promise<void> {
  await page.goto(`/get.html?model=${model}`)
  await page.getByText('From another address').click()
  await page.getByRole('textbox', { name: /A folder at the hub/ }).fill('/mirror')
}
const start = () => page.getByRole('button', { name: /^(Download|Go on|Try again)/ }).click()

/** Waits for the end; where it says in words that it failed, goes on once more without any harm. */
async function untilReady(): Promise<'at once' | 'after it said so'> {
  const done = page.getByText('All files are here and checked.')
  const failed = page.getByRole('alert')
  await expect(done.or(failed)).toBeVisible({ timeout: 40_000 })
  let how: 'at once' | 'after it said so' = 'at once'
  if (await failed.isVisible()) {
    how = 'after it said so'
    harm = whole
    await start()
    await expect(done).toBeVisible({ timeout: 20_000 })
  }
  expect(await digestsKept()).toEqual(
    new Map([...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])),
  )
  return how
}

/** Digest of every kept file, computed in the page from what the cache really holds. */
async function digestsKept(): Promise<Map<string, string>> {
  const entries = await page.evaluate(async () => {
    const found: [string, string][] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const bytes = await (await cache.match(request))?.arrayBuffer()
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes ?? new ArrayBuffer(0)))
        found.push([
          request.url.split('/').at(-1) ?? '',
          Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
        ])
      }
    }
    return found
  })
  return new Map(entries)
}

for (let seed = 1; seed <= rounds; seed++) {
  test(`a damaged shard, seed ${seed}`, async () => {
    const random = randomOf(seed)
    const victim = `params_shard_${Math.floor(random() * shards.length)}.bin`
    let bad = 1 + Math.floor(random() * 4)
    harm = (name, body) => {
      if (name !== victim || bad-- <= 0) return { body }
      const spoilt = Buffer.from(body)
      const at = Math.floor(random() * spoilt.length)
      spoilt[at] = (spoilt[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return { body: spoilt }
    }
    await openModel()
    await start()
    test.info().annotations.push({ type: 'ready', description: await untilReady() })
  })

  test(`a connection that breaks, seed ${seed}`, async () => {
    const random = randomOf(1000 + seed)
    let cuts = 1 + Math.floor(random() * 5)
    harm = (_name, body) =>
      body.length > 1000 && random() < 0.5 && cuts-- > 0 ? { body, cutAt: Math.floor(random() * body.length) } : { body }
    await openModel()
    await start()
    test.info().annotations.push({ type: 'ready', description: await untilReady() })
  })

  test(`a tab that dies, seed ${seed}`, async () => {
    const random = randomOf(2000 + seed)
    harm = (_name, body) => ({ body, delayMs: 100 + random() * 200 })
    await openModel()
    await start()
    await page.waitForTimeout(50 + random() * 700)
    const session = await context.newCDPSession(page)
    session.send('Page.crash').catch(() => {})
    await page.waitForEvent('crash', { timeout: 5000 }).catch(() => {})
    await page.close().catch(() => {})
    page = await context.newPage()
    harm = whole
    await openModel()
    await start()
    test.info().annotations.push({ type: 'ready', description: await untilReady() })
  })
}
