import type { Page } from '@playwright/test'
import type { Storage } from '../../src/ports/storage.ts'

export type Draft = { readonly id: `msg:${string}`; readonly text: string }

/** What is on disk of the reply that is being written. */
export const draftOnDisk = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<Draft | undefined>((resolve, reject) => {
        const open = indexedDB.open('longhand')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const rows = open.result.transaction('drafts').objectStore('drafts').getAll()
          rows.onsuccess = () => {
            open.result.close()
            const row = (rows.result as { body: string }[]).at(-1)
            resolve(row && (JSON.parse(row.body) as Draft))
          }
        }
      }),
  )

/** The text of a stored message. */
export const storedText = (page: Page, id: Draft['id']) =>
  page.evaluate(async (id) => {
    const { chat } = (globalThis as unknown as { longhandStorage: Storage }).longhandStorage
    return (await chat.getMessage(id))?.text ?? ''
  }, id)
