import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../find-browser.mjs'
import { largeBackup, type Shape } from './large-backup.ts'
import { restoreInSettings } from './product-page.ts'
import { serveProduct } from './serve-product.ts'
import type { TurnPage } from './turn-page.ts'

/** The built product over a database of many messages, in browsers that are started anew on one profile on disk. */
export type LargeDatabase = {
  readonly origin: string
  /** The folder of the browsers' profile. */
  readonly profile: string
  readonly backupBytes: number
  /** Milliseconds of checking the backup that filled it, and of putting it in place. */
  readonly filled: { readonly checkMs: number; readonly restoreMs: number }
  /** A browser just started, closed when the work is done or has failed. */
  readonly inBrowser: <Result>(work: (page: Page) => Promise<Result>) => Promise<Result>
  /** Calls the page with clocks below /bench/. */
  readonly onTurnPage: <Name extends keyof TurnPage>(name: Name, count: number) => Promise<Awaited<ReturnType<TurnPage[Name]>>>
}

/** Builds and serves the product, fills its database by restoring a backup in its settings, and takes all of it away at the end. */
export async function withLargeDatabase(shape: Shape, work: (database: LargeDatabase) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'))
  const profile = join(folder, 'profile')
  const { origin, close } = await serveProduct()

  async function inBrowser<Result>(inside: (page: Page) => Promise<Result>): Promise<Result> {
    const executablePath = findBrowser()
    const context = await chromium.launchPersistentContext(profile, {
      headless: true,
      args: ['--no-sandbox'],
      ...(executablePath ? { executablePath } : {}),
    })
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(600_000)
    page.on('pageerror', (error) => console.error(error))
    try {
      return await inside(page)
    } finally {
      await context.close()
    }
  }

  async function onTurnPage<Name extends keyof TurnPage>(
    name: Name,
    count: number,
  ): Promise<Awaited<ReturnType<TurnPage[Name]>>> {
    return inBrowser(async (page) => {
      await page.goto(`${origin}/bench/`)
      while (!(await page.evaluate(() => 'turnPage' in globalThis))) await page.waitForTimeout(50)
      return page.evaluate(([called, n]) => (globalThis as unknown as { turnPage: TurnPage }).turnPage[called](n) as never, [
        name,
        count,
      ] as const)
    })
  }

  try {
    const file = join(folder, 'backup.jsonl.gz')
    await pipeline(Readable.fromWeb(largeBackup(shape, Date.now()) as never), createWriteStream(file))
    const filled = await inBrowser((page) => restoreInSettings(page, origin, file))
    await work({ origin, profile, backupBytes: statSync(file).size, filled, inBrowser, onTurnPage })
  } finally {
    close()
    rmSync(folder, { recursive: true, force: true })
  }
}
