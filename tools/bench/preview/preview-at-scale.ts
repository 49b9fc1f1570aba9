import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { question } from '../turn/bench-texts.ts'
import { withLargeDatabase } from '../turn/large-database.ts'
import { openLongConversation } from '../turn/product-page.ts'

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
await withLargeDatabase({ messages, long, each }, async ({ origin, inBrowser, onTurnPage }) => {
  console.log(`previews while typing: ${spread(await onTurnPage('typed', keys))}`)

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
})
