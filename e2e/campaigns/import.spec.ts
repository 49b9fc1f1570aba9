import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { plainChatGpt } from '../../src/lab/importers/testing/sample-exports.ts'
import { driver } from '../driver.ts'
import { expect, test } from '../fixtures/test.ts'

const conversations = Number(process.env.LONGHAND_IMPORT ?? 10_000)
const turns = 4

/** Records what holds up the page: tasks of more than 50 ms and gaps between frames. */
function watchFrames(): void {
  const seen = { longestTaskMs: 0, longTasks: 0, longestGapMs: 0, frames: 0 }
  Object.assign(window, { seenFrames: seen })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longTasks++
      seen.longestTaskMs = Math.max(seen.longestTaskMs, duration)
    }
  }).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = () => {
    const now = performance.now()
    seen.longestGapMs = Math.max(seen.longestGapMs, now - last)
    seen.frames++
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

async function writeExport(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('[')
  for (let n = 0; n < conversations; n++)
    if (!file.write(`${n > 0 ? ',' : ''}${JSON.stringify(plainChatGpt(`chat-${n}`, turns))}\n`)) await once(file, 'drain')
  file.end(']')
  await once(file, 'close')
}

test('an export of ten thousand conversations comes in without holding up the page, can be cancelled and gone on with', async ({
  page,
}, info) => {
  test.setTimeout(1_800_000)
  const path = info.outputPath('conversations.json')
  await writeExport(path)
  const chat = driver(page)
  await chat.open()
  await page.goto('/?engine=scripted#/settings/import')
  const choose = page.getByRole('button', { name: 'Import chats…' })
  await expect(choose).toBeVisible()
  const frames = () => page.evaluate(() => (window as unknown as { seenFrames: object }).seenFrames)
  await page.evaluate(watchFrames)
  const began = Date.now()
  await page.getByLabel('Files to import').setInputFiles(path)
  await expect(page.getByText(/^Found/)).toBeVisible({ timeout: 300_000 })
  const read = Date.now()
  console.log('read', read - began, await frames())
  await page.getByRole('button', { name: /^Import [\d,]+ conversations$/ }).click()
  const bar = page.getByRole('progressbar', { name: 'Importing' })
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 300_000 }).toBeGreaterThan(30)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Stopped before the end')).toBeVisible()
  console.log('cancelled', Date.now() - read, await page.getByText(/^Added:/).textContent(), await frames())
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('Imported', { exact: true })).toBeVisible({ timeout: 600_000 })
  console.log('done', Date.now() - read, await page.getByText(/^Added:/).textContent(), await frames())
})
