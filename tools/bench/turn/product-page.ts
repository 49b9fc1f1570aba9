import { expect, type Page } from '@playwright/test'
import { driver } from '../../../e2e/driver.ts'
import { longConversation } from './bench-texts.ts'

/** Restores a backup as a user does; milliseconds of checking the file and of putting it in place. */
export async function restoreInSettings(page: Page, origin: string, file: string) {
  await page.goto(`${origin}/?engine=scripted#/settings`)
  const restore = page.getByRole('button', { name: 'Restore…', exact: true })
  const startedAt = Date.now()
  await page.getByLabel('Backup file').setInputFiles(file)
  await restore.waitFor()
  const checkedAt = Date.now()
  await restore.click()
  await page.getByRole('button', { name: 'Replace everything' }).click()
  await page.getByText('The backup is restored.').waitFor()
  return { checkMs: checkedAt - startedAt, restoreMs: Date.now() - checkedAt }
}

/**
 * Milliseconds from the start of the navigation: to a page one can write in, and to the last message of the long
 * conversation on the screen. Looked at in the frame after each change.
 */
export async function openLongConversation(page: Page, origin: string): Promise<{ shellMs: number; lastMs: number }> {
  await page.addInitScript(() => {
    const seen: Seen = {}
    Object.assign(globalThis, { seen })
    new MutationObserver(() =>
      requestAnimationFrame(() => {
        if (document.querySelector('textarea')) seen.shellMs ??= performance.now()
        if (document.querySelector('article[data-message-id]')) seen.lastMs ??= performance.now()
      }),
    ).observe(document, { childList: true, subtree: true })
  })
  await page.goto(`${origin}/?engine=scripted#/c/${longConversation}`)
  await page.locator('article[data-message-id]').last().waitFor()
  const { shellMs = Number.NaN, lastMs = Number.NaN } = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)
  return { shellMs, lastMs }
}
type Seen = { shellMs?: number; lastMs?: number }

/**
 * Sends messages in the long conversation; milliseconds of each from the start of answering to the stored prompt, as its
 * receipt has them. The first is sent as soon as the page lets it, when the index may still be growing.
 */
export async function sendMessages(page: Page, texts: readonly string[]): Promise<{ firstMs: number; queueMs: number[] }> {
  const chat = driver(page)
  const queueMs: number[] = []
  let firstMs = 0
  for (const text of texts) {
    const from = Date.now()
    const reply = await chat.say(text, 600_000)
    firstMs ||= Date.now() - from
    const id = await reply.getAttribute('data-message-id')
    expect(id).not.toBeNull()
    queueMs.push(await page.evaluate(queueMsOf, id ?? ''))
  }
  return { firstMs, queueMs }
}

/** Reads one receipt from the database, past the product. */
function queueMsOf(replyId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('longhand')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('manifests').objectStore('manifests').get(replyId)
      reading.onerror = () => reject(reading.error)
      reading.onsuccess = () => {
        opening.result.close()
        resolve((JSON.parse(reading.result.body) as { actual: { queueMs: number } }).actual.queueMs)
      }
    }
  })
}
