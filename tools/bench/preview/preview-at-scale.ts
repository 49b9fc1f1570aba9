import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../find-browser.mjs'
import { question } from '../turn/bench-texts.ts'
import { largeBackup } from '../turn/large-backup.ts'
import { openLongConversation, restoreInSettings } from '../turn/product-page.ts'
import { serveProduct } from '../turn/serve-product.ts'
import type { TurnPage } from '../turn/turn-page.ts'

/*
 * What the preview costs while somebody types ten keys a second, with many messages: how long each preview took from its
 * message to its plan, in a page without a face and the built-in model's tokenizer; and the main
 * thread's long tasks while keys are typed into the product.
 *
 *   npm run bench:preview -- [--messages 100000] [--long 10000] [--each 200] [--keys 300]
 */
const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    long: { type: 'string', default: '10000' },
    each: { type: 'string', default: '200' },
    keys: { type: 'string', default: '300' },
  },
})
const [messages, each, keys] = [options.messages, options.each, options.keys].map(Number) as [number, number, number]
const long = Math.min(messages, Number(options.long))
const folder = mkdtempSync(join(tmpdir(), 'longhand-preview-'))
const { origin, close } = await serveProduct()

async function inBrowser<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const executablePath = findBrowser()
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    headless: true,
    args: ['--no-sandbox'],
    ...(executablePath ? { executablePath } : {}),
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(600_000)
  page.on('pageerror', (error) => console.error(error))
  try {
    return await work(page)
  } finally {
    await context.close()
  }
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (n ${values.length})`
}

/** Long tasks of the page from here on, in milliseconds. */
const watchLongTasks = () => {
  const tasks: number[] = []
  Object.assign(globalThis, { longTasks: tasks })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask' })
}
const longTasks = (page: Page) => page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks)

console.log(`${messages} messages, ${long} of them in the conversation written in, ${keys} keys at ten a second`)
try {
  const file = join(folder, 'backup.jsonl.gz')
  await pipeline(Readable.fromWeb(largeBackup({ messages, long, each }, Date.now()) as never), createWriteStream(file))
  await inBrowser((page) => restoreInSettings(page, origin, file))

  const previews = await inBrowser(async (page) => {
    await page.goto(`${origin}/bench/`)
    while (!(await page.evaluate(() => 'turnPage' in globalThis))) await page.waitForTimeout(50)
    return page.evaluate((n) => (globalThis as unknown as { turnPage: TurnPage }).turnPage.typed(n), keys)
  })
  console.log(`previews while typing: ${spread(previews)}`)

  const tasks = await inBrowser(async (page) => {
    await openLongConversation(page, origin)
    const load = page.getByRole('button', { name: /^Load / }).first()
    if ((await page.evaluate(() => document.documentElement.dataset.engine)) === 'none') await load.click()
    await page.getByText('Next prompt').waitFor()
    // The index grows for a while after the start.
    await page.waitForTimeout(10_000)
    await page.evaluate(watchLongTasks)
    const text = Array.from({ length: 20 }, (_, n) => question(n)).join(' ')
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus()
    await page.keyboard.type(text.slice(0, keys), { delay: 100 })
    return longTasks(page)
  })
  console.log(`long tasks over 50 ms in the product while typing: ${tasks.length}${tasks.length > 0 ? `, ${spread(tasks)}` : ''}`)
} finally {
  close()
  rmSync(folder, { recursive: true, force: true })
}
