/**
 * Time from a stored message to its prompt with many messages on disk, and from opening that database to its last 50 messages.
 * `npm run bench:turn [messages] [per conversation]`: real Chromium, real IndexedDB, the built-in model's tokenizer.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { findBrowser } from '../../find-browser.mjs'
import type { Timing } from './turn-page.ts'

const messages = Number(process.argv[2] ?? 100_000)
const perConversation = Number(process.argv[3] ?? 200)
const turns = 200

const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'))
const outDir = join(folder, 'page')
const root = import.meta.dirname
await build({ configFile: false, root, logLevel: 'warn', build: { outDir, target: 'es2023' }, worker: { format: 'es' } })
mkdirSync(outDir, { recursive: true })
copyFileSync('.models/smollm2-135m/resolve/main/tokenizer.json', join(outDir, 'tokenizer.json'))
const server = await preview({ configFile: false, root, build: { outDir }, preview: { host: '127.0.0.1', port: 4811 } })
const url = server.resolvedUrls?.local[0] ?? ''

async function inBrowser<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const executablePath = findBrowser()
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    headless: true,
    args: ['--no-sandbox'],
    ...(executablePath ? { executablePath } : {}),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(0)
  page.on('console', (message) => console.log(message.text()))
  page.on('pageerror', (error) => console.error(error))
  await page.goto(url)
  await page.waitForFunction('globalThis.measure')
  const result = await work(page)
  await context.close()
  return result
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const timings = await inBrowser(async (page) => {
  const from = performance.now()
  await page.evaluate(([n, per]) => globalThis.fill(n, per), [messages, perConversation] as const)
  console.log(`${messages} messages written in ${((performance.now() - from) / 1000).toFixed(0)} s`)
  return page.evaluate((n) => globalThis.measure(n), turns)
})
for (const part of ['total', 'reading', 'retrieval', 'counting'] as const) {
  const values = timings.map((timing: Timing) => timing[part])
  const share = timings.reduce((sum, timing) => sum + timing[part], 0) / timings.reduce((sum, timing) => sum + timing.total, 0)
  console.log(
    `${part.padEnd(10)} p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, ${(share * 100).toFixed(0)} %`,
  )
}
const opens: number[] = []
for (let n = 0; n < 10; n++) opens.push(await inBrowser((page) => page.evaluate(() => globalThis.openLast())))
console.log(
  `open and last 50, cold browser: p50 ${percentile(opens, 0.5).toFixed(0)} ms, p95 ${percentile(opens, 0.95).toFixed(0)} ms (n ${opens.length})`,
)
await server.close()
rmSync(folder, { recursive: true, force: true })
