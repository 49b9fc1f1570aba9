import type { Page } from '@playwright/test'
import type { Inspection, Ledger } from './ledger.ts'

/** A page that writes messages while it is killed. */
export type Target = {
  readonly name: string
  readonly url: string
  /** Before the page is opened: what it acknowledges goes into the ledger. */
  prepare(page: Page, ledger: Ledger): Promise<void>
  /** Resolves when a reply streams; the page goes on writing by itself, or is driven until it dies. */
  work(page: Page, random: () => number): Promise<void>
  /** What is stored, after the page was opened again and recovered its drafts. */
  inspect(page: Page): Promise<Inspection>
}
