import type { Page } from '@playwright/test'
import type { Inspection, Ledger } from './ledger.ts'
import type { Target } from './target.ts'

declare global {
  var crashPage: { readonly inspect: () => Promise<Inspection>; readonly work: (seed: number) => Promise<void> } | undefined
}

/** The small page of this folder: storage, drafts and recovery as in the product, without the rest of it. */
export function pageTarget(url: string): Target {
  const ready = (page: Page) => page.waitForFunction(() => globalThis.crashPage !== undefined)
  return {
    name: 'storage page',
    url,
    async prepare(page, ledger: Ledger) {
      await page.exposeBinding('acknowledge', (_, id: string, hash: string) => ledger.acknowledge({ id, hash }))
      await page.exposeBinding('acknowledgeDraft', (_, id: string, text: string) => ledger.acknowledgeDraft(id, text))
    },
    async work(page, random) {
      await ready(page)
      await page.evaluate((seed) => globalThis.crashPage?.work(seed), Math.floor(random() * 2 ** 31))
    },
    async inspect(page) {
      await ready(page)
      const inspection = await page.evaluate(() => globalThis.crashPage?.inspect())
      if (!inspection) throw new Error('The page did not come up.')
      return inspection
    },
  }
}
