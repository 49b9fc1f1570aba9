import type { Page } from '@playwright/test'
import type { Message } from '#chat/message.ts'
import { decodeRow } from '#storage/row.ts'
import type { Ledger } from './ledger.ts'
import type { Target } from './target.ts'

declare global {
  /** The driver's, in the page: all rows of a table as they are in the database. */
  var rawRows: (table: string) => Promise<unknown[]>
  var acknowledgeShown: (id: string) => void
}

/** In the page, before its own scripts: reports every message that is shown as saved, and reads the database past the product. */
function watch(): void {
  globalThis.rawRows = (table) =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open('longhand')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const db = opening.result
        const reading = db.transaction(table).objectStore(table).getAll()
        reading.onerror = () => reject(reading.error)
        reading.onsuccess = () => {
          db.close()
          resolve(reading.result)
        }
      }
    })
  const told = new Set<string>()
  // No function here has a name: the compiler of the campaign would wrap it into a helper that the page does not have.
  new MutationObserver(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-message-id][data-status]')) {
      const { messageId = '', status = '' } = element.dataset
      if (!['complete', 'stopped', 'interrupted', 'error'].includes(status) || told.has(messageId)) continue
      told.add(messageId)
      globalThis.acknowledgeShown(messageId)
    }
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

function hashOf(row: unknown): { readonly message: Message; readonly hash: string } | undefined {
  const decoded = decodeRow('messages', row)
  if (decoded.type !== 'good') return undefined
  return { message: decoded.value, hash: String((row as { crc: number }).crc) }
}

/** Loads the model where it is not loaded: asked for once, it comes back by itself after a restart. */
async function readyToSend(page: Page): Promise<void> {
  const engine = () => page.evaluate(() => document.documentElement.dataset.engine)
  const load = page.getByRole('button', { name: /^Load / }).first()
  for (;;) {
    const state = await engine()
    if (state === 'ready') return
    if (state === 'none' && (await load.isVisible())) await load.click()
    await page.waitForTimeout(50)
  }
}

/** Notes what of the reply is on disk, until the page ends. */
async function followDrafts(page: Page, ledger: Ledger): Promise<void> {
  for (;;) {
    for (const row of await page.evaluate(() => globalThis.rawRows('drafts'))) {
      const decoded = decodeRow('drafts', row)
      if (decoded.type === 'good') ledger.acknowledgeDraft(decoded.value.id, decoded.value.text)
    }
    await page.waitForTimeout(40)
  }
}

/** How many messages the product says came back from the second copy at this start; undefined where it says nothing. */
async function toldRecovery(page: Page): Promise<number | undefined> {
  const notice = page.getByText(/with [\d,]+ messages? came back from the second copy/).first()
  const text = (await notice.count()) > 0 ? ((await notice.textContent()) ?? '') : ''
  const told = /with ([\d,]+) messages?/.exec(text)?.[1]
  return told === undefined ? undefined : Number(told.replaceAll(',', ''))
}

/** The product, in a build with the scripted engine: driven by its accessible names, looked at through its database. */
export function appTarget(url: string): Target {
  let turn = 0
  let ledger: Ledger | undefined
  return {
    name: 'product',
    url,
    async prepare(page, account) {
      ledger = account
      await page.exposeBinding('acknowledgeShown', (_, id: string) => account.acknowledge({ id }))
      await page.addInitScript(watch)
    },
    async work(page, random) {
      await readyToSend(page)
      const words = Array.from({ length: 3 + Math.floor(random() * 20) }, () => Math.floor(random() * 1e6).toString(36))
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill(`Turn ${++turn}: ${words.join(' ')}`)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      // On its way or, on a slow machine, already there.
      await page
        .getByRole('article', { name: /^Assistant/ })
        .last()
        .waitFor({ state: 'attached' })
      // Ends when the page does.
      if (ledger) followDrafts(page, ledger).catch(() => undefined)
    },
    async inspect(page) {
      await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
      // Recovery ends after the first paint: wait until no draft is left, and report what does not go.
      await page
        .waitForFunction(async () => (await globalThis.rawRows('drafts')).length === 0, undefined, { timeout: 10_000 })
        .catch(() => undefined)
      const rows = await page.evaluate(() => globalThis.rawRows('messages'))
      const drafts = await page.evaluate(() => globalThis.rawRows('drafts'))
      const quarantine = await page.evaluate(() => globalThis.rawRows('quarantine'))
      const messages = rows.flatMap((row) => {
        const found = hashOf(row)
        return found ? [{ id: found.message.id, hash: found.hash, text: found.message.text, status: found.message.status }] : []
      })
      const damaged = quarantine.length + rows.length - messages.length
      const recovered = await toldRecovery(page)
      return { messages, drafts: drafts.length, damaged, ...(recovered === undefined ? {} : { recovered }) }
    },
  }
}
