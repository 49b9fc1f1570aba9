import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { question } from './bench-texts.ts'
import { withLargeDatabase } from './large-database.ts'
import { openLongConversation, sendMessages } from './product-page.ts'
import type { Timing } from './turn-page.ts'

/*
 * The product with many messages: a backup of them is restored in its settings, then freshly started browsers open it and
 * turns are made. Real Chromium, real IndexedDB, the built-in model's tokenizer where counting is measured.
 *
 *   npm run bench:turn -- [--messages 100000] [--long 10000] [--each 200] [--turns 200] [--starts 10]
 *     --long   messages of the conversation that is opened and talked in; as many as --messages for a single one
 *     --each   messages of every other conversation
 */
const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    long: { type: 'string', default: '10000' },
    each: { type: 'string', default: '200' },
    turns: { type: 'string', default: '200' },
    starts: { type: 'string', default: '10' },
  },
})
const [messages, each, turns, starts] = [options.messages, options.each, options.turns, options.starts].map(Number) as [
  number,
  number,
  number,
  number,
]
const long = Math.min(messages, Number(options.long))

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
const spread = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms, most ${Math.max(...values).toFixed(1)} ms (n ${values.length})`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** Bytes of the browser's files: what it estimates itself counts room that is only held ready. */
function bytesBelow(path: string): number {
  return readdirSync(path, { recursive: true }).reduce((sum, name) => sum + statSync(join(path, String(name))).size, 0)
}
function showStored(profile: string, when: string): void {
  const [database, secondCopy] = ['IndexedDB', 'File System'].map((name) => bytesBelow(join(profile, 'Default', name)))
  console.log(`stored${when}: database ${mib(database ?? 0)}, second copy ${mib(secondCopy ?? 0)}`)
}

function showTurns(what: string, timings: readonly Timing[]): void {
  console.log(`${what}: ${spread(timings.map(({ total }) => total))}`)
  const sum = (part: keyof Timing) => timings.reduce((all, timing) => all + timing[part], 0)
  for (const part of ['reading', 'retrieval', 'counting'] as const)
    console.log(`  ${part.padEnd(9)} ${((100 * sum(part)) / sum('total')).toFixed(0)} %, ${spread(timings.map((t) => t[part]))}`)
}

console.log(`${messages} messages, ${long} of them in one conversation, ${each} in each of the others`)
await withLargeDatabase({ messages, long, each }, async ({ origin, profile, backupBytes, filled, inBrowser, onTurnPage }) => {
  console.log(`backup of ${mib(backupBytes)}: checked in ${seconds(filled.checkMs)}, restored in ${seconds(filled.restoreMs)}`)
  showStored(profile, '')

  const opens: Awaited<ReturnType<typeof openLongConversation>>[] = []
  for (let n = 0; n < starts; n++) opens.push(await inBrowser((page) => openLongConversation(page, origin)))
  console.log(`browser just started, page to write in: ${spread(opens.map(({ shellMs }) => shellMs))}`)
  console.log(`browser just started, last messages:    ${spread(opens.map(({ lastMs }) => lastMs))}`)

  console.log(`index built from disk in ${seconds(await onTurnPage('index', 0))}`)
  showTurns('new heads, nothing counted before', await onTurnPage('newHeads', turns))
  const [first, ...others] = await onTurnPage('sent', turns)
  console.log(`first turn, sent at once after the start, while the index grows: ${seconds(first?.total ?? Number.NaN)}`)
  showTurns('turns as sent in the long conversation', others)

  const texts = Array.from({ length: Math.min(turns, 50) }, (_, n) => question(n + turns))
  const sent = await inBrowser(async (page) => {
    await openLongConversation(page, origin)
    const load = page.getByRole('button', { name: /^Load / }).first()
    if ((await page.evaluate(() => document.documentElement.dataset.engine)) === 'none') await load.click()
    return sendMessages(page, texts)
  })
  console.log(`in the product, first message sent at once after opening: answered after ${seconds(sent.firstMs)}`)
  console.log(`in the product, from answering to the stored prompt: ${spread(sent.queueMs.slice(1))}`)
  showStored(profile, ` after ${turns + texts.length} turns`)
})
