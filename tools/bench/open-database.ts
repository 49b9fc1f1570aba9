import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { type Backend, kill, launch, type OwnBrowser } from '../crash/browser.ts'
import { servePage } from '../crash/serve-page.ts'
import type {} from './storage/bench-page.ts'

/*
 * Fills a database in a real browser and measures, in freshly started browsers: opening it, the list of conversations,
 * the last 50 messages of a long and of short conversations, and adding a message. Then a backup of it and back.
 *
 *   npm run bench:storage -- [--messages 100000] [--starts 5] [--backend leveldb|sqlite]
 */
const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    starts: { type: 'string', default: '5' },
    backend: { type: 'string', default: 'leveldb' },
  },
})
const backend: Backend = options.backend === 'sqlite' ? 'sqlite' : 'leveldb'
const profile = mkdtempSync(join(tmpdir(), 'longhand-bench-profile-'))
const server = await servePage(join(import.meta.dirname, 'storage'), 4802)

async function inFreshBrowser<Result>(action: (page: Page) => Promise<Result>): Promise<Result> {
  const own: OwnBrowser = await launch(profile, backend)
  const page = await own.browser.contexts()[0]?.newPage()
  if (!page) throw new Error('The browser has no context.')
  page.setDefaultTimeout(600_000)
  await page.goto(server.url)
  await page.waitForFunction(() => globalThis.benchPage !== undefined)
  const result = await action(page)
  // Closed in an orderly way, so that the next start finds a database at rest.
  await page.close()
  await kill(own)
  return result
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
const show = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms (n ${values.length})`

const messages = Number(options.messages)
console.log(`${messages} messages, half of them in one conversation, half in 500; ${backend}`)
const fillStart = Date.now()
await inFreshBrowser((page) => page.evaluate((count) => globalThis.benchPage?.fill(count), messages))
console.log(`filled in ${((Date.now() - fillStart) / 1000).toFixed(1)} s`)

const runs = []
for (let start = 0; start < Number(options.starts); start++) {
  const run = await inFreshBrowser((page) => page.evaluate(() => globalThis.benchPage?.measure()))
  if (run) runs.push(run)
}
console.log(`open, browser just started:            ${show(runs.map(({ openMs }) => openMs))}`)
console.log(`list of 501 conversations, first:      ${show(runs.map(({ listMs }) => listMs))}`)
console.log(`last 50 of the long one, first:        ${show(runs.map(({ firstMs }) => firstMs))}`)
console.log(`last 50 of the long one:               ${show(runs.flatMap(({ longMs }) => longMs))}`)
console.log(`last 50 of a short one:                ${show(runs.flatMap(({ shortMs }) => shortMs))}`)
console.log(`addMessage, durable:                   ${show(runs.flatMap(({ addMs }) => addMs))}`)
console.log(`the same without the second copy:      ${show(runs.flatMap(({ addWithoutMs }) => addWithoutMs))}`)

const backup = await inFreshBrowser((page) => page.evaluate(() => globalThis.benchPage?.backup()))
console.log(`backup: ${JSON.stringify(backup)}`)
await server.close()
rmSync(profile, { recursive: true, force: true })
process.exit(0)
