import { copyFileSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures/test.ts'

/** The embedder on offer under another name: to the product a file that it has never seen. */
const weights = '.models/all-minilm-l6-v2/model.gguf'

test('[E88] a file of the user’s own is the neural embedder: chosen, loaded, kept over a reload, deleted', async ({ page }) => {
  test.skip(!existsSync(weights), 'The embedder is not here: npm run embedder:get')
  test.setTimeout(300_000)
  const path = join(mkdtempSync(join(tmpdir(), 'longhand-own-')), 'My embedder.gguf')
  copyFileSync(weights, path)
  const settings = JSON.stringify({ meaning: 'neural' })
  await page.goto(`/?${new URLSearchParams({ engine: 'scripted', embedder: 'real', settings })}#/settings`)
  const file = page.getByLabel('GGUF file of an embedder')
  await file.setInputFiles('.models/smollm2-135m/model.gguf')
  await expect(page.getByRole('alert').filter({ hasText: 'This file cannot be used here.' })).toBeVisible()
  await file.setInputFiles(path)
  const choice = page.getByRole('combobox', { name: 'Neural model' })
  await expect(choice).toHaveValue(/^file:/, { timeout: 120_000 })
  await expect(page.getByText('Loaded. 0 messages of yours can be found by their sentences.')).toBeVisible({ timeout: 120_000 })
  await page.reload()
  await expect(choice).toHaveValue(/^file:/)
  await expect(page.getByText(/^Loaded\. 0 messages/)).toBeVisible({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Delete this file' }).click()
  await expect(choice).toHaveValue('all-minilm-l6-v2:q8_0')
  // It is no longer used first, and gone from the disk a moment later.
  const kept = () => page.evaluate(async () => (await (await caches.open('longhand/gguf')).keys()).map(({ url }) => url))
  await expect.poll(async () => (await kept()).filter((url) => url.includes('/models/own/'))).toEqual([])
})
