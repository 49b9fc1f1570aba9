import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

/** The built-in model's weights under another name: to the product a file that it has never seen. */
const weights = '.models/smollm2-135m/model.gguf'
const address = `/?settings=${encodeURIComponent(JSON.stringify({ replyTokens: 8, temperature: 0 }))}#/models`
const region = (page: Page) => page.getByRole('region', { name: 'A model of your own' })
const row = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Your own files' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name }) })

function fileNamed(name: string, bytes?: Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'longhand-own-')), name)
  if (bytes) writeFileSync(path, bytes)
  else copyFileSync(weights, path)
  return path
}

test('[E72] a file of the user’s own is checked, copied, listed, loaded, talked to, kept over a reload with nothing fetched, and deleted', async ({
  page,
  context,
}) => {
  test.setTimeout(600_000)
  const chat = driver(page)
  await page.goto(address)
  await region(page).getByLabel('GGUF file').setInputFiles(fileNamed('My own model.gguf'))
  await expect(region(page).getByRole('status')).toContainText('My own model.gguf is here', { timeout: 120_000 })
  const own = row(page, 'Smollm2 135M 8k Lc100K Mix1 Ep2')
  await expect(own).toContainText('Q4_1')
  await expect(own).toContainText('On disk, 100 MB')
  await expect(own).toContainText('Licence: apache-2.0 · en')
  await expect(own).toContainText('Trained for 8k')
  await own.getByRole('button', { name: 'Load', exact: true }).click()
  await expect(own).toContainText('Tested after loading: it computes rightly here.', { timeout: 300_000 })
  await expect(own).not.toContainText('estimates')

  await page.goto('/#/')
  const reply = await chat.say('Name a colour.', 120_000)
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  expect(receipt.actual?.inputTokens).toBe(receipt.predicted.inputTokens)

  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await page.goto('/#/models')
  await expect.poll(chat.engine, { timeout: 300_000 }).toBe('ready')
  expect(asked.filter((url) => url.includes('/models/'))).toEqual([])
  await own.getByRole('button', { name: 'Unload' }).click()
  await own.getByRole('button', { name: 'Delete files' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('your own file is not touched')
  await dialog.getByRole('button', { name: 'Delete files' }).click()
  await expect(page.getByRole('region', { name: 'Your own files' })).toHaveCount(0)
})

test('[E71] what cannot run is refused in words, and nothing of it is stored', async ({ page }) => {
  await page.goto(address)
  const input = region(page).getByLabel('GGUF file')
  const alert = region(page).getByRole('alert')
  const whole = readFileSync(weights)
  await input.setInputFiles(fileNamed('holiday.gguf', Buffer.from('PK\u0003\u0004 not a model at all, but a zip archive')))
  await expect(alert).toContainText('This file cannot be used here.')
  await expect(alert).toContainText('holiday.gguf: This is not a GGUF file')
  await input.setInputFiles(fileNamed('half.gguf', whole.subarray(0, 40_000_000)))
  await expect(alert).toContainText('half.gguf cannot be used: it ends 59 MB before its last weights')
  await region(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toHaveCount(0)
  expect(await keptOwn(page)).toEqual([])
})

test('[E72] copying can be cancelled, and leaves nothing', async ({ page }) => {
  await page.goto(address)
  await region(page).getByLabel('GGUF file').setInputFiles(fileNamed('slow.gguf'))
  await region(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(region(page).getByRole('button', { name: 'Choose a file…' })).toBeEnabled()
  await expect(region(page).getByRole('progressbar')).toHaveCount(0)
  await expect.poll(() => keptOwn(page)).toEqual([])
})

test('[E73] a file that was damaged after it was copied is found at the next load, named, and can be brought again', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await page.goto(address)
  const input = region(page).getByLabel('GGUF file')
  const path = fileNamed('Frail.gguf')
  await input.setInputFiles(path)
  await expect(region(page).getByRole('status')).toContainText('Frail.gguf is here', { timeout: 120_000 })
  await page.evaluate(async () => {
    const cache = await caches.open('longhand/gguf')
    const kept = (await cache.keys()).find(({ url }) => url.endsWith('/Frail.gguf'))
    const response = kept && (await cache.match(kept))
    if (!kept || !response) throw new Error('It is not kept.')
    const bytes = new Uint8Array(await response.arrayBuffer())
    bytes[60_000_000] = (bytes[60_000_000] ?? 0) ^ 1
    await cache.put(kept, new Response(bytes, { headers: response.headers }))
  })
  const own = row(page, 'Smollm2 135M 8k Lc100K Mix1 Ep2')
  await own.getByRole('button', { name: 'Load', exact: true }).click()
  await expect(own).toContainText('The file of this model is damaged or gone.', { timeout: 120_000 })
  await own.getByText('What happened').click()
  await expect(own).toContainText('Frail.gguf is damaged: its SHA-256')
  await page.reload()
  await expect(own).toContainText('Bring it again, or delete what is left.')
  await input.setInputFiles(path)
  await expect(region(page).getByRole('status')).toContainText('Frail.gguf is here', { timeout: 120_000 })
  await expect(own.getByRole('button', { name: 'Load', exact: true })).toBeVisible()
})

test('[E72] a file can be dropped anywhere on the page', async ({ page }) => {
  await page.goto(address)
  await expect(region(page)).toBeVisible()
  const dropped = await page.evaluateHandle(() => {
    const files = new DataTransfer()
    files.items.add(new File(['GGUF and then nothing'], 'dropped.gguf'))
    return files
  })
  await page.getByRole('heading', { name: 'Models', exact: true }).dispatchEvent('drop', { dataTransfer: dropped })
  await expect(region(page).getByRole('alert')).toContainText('This file cannot be used here.')
})

/** Addresses of what is kept of the user's own files. */
const keptOwn = (page: Page) =>
  page.evaluate(async () => {
    const lists = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return lists.flat().flatMap(({ url }) => (url.includes('/models/own/') ? [url] : []))
  })
