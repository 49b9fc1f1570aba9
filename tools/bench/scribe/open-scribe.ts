import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import type { Reply } from '#engine/testing/collect-reply.ts'
import type { GenerateRequest, LoadedModel } from '#ports/engine.ts'
import { createFileServer, listen } from '../../file-server.mjs'
import { findBrowser } from '../../find-browser.mjs'
import type { ScribePage } from './scribe-page.ts'

export type Scribe = {
  readonly loaded: LoadedModel
  readonly complete: (request: GenerateRequest) => Promise<Reply>
  readonly close: () => Promise<void>
}

const port = Number(process.env.LONGHAND_SCRIBE_PORT ?? 4812)

/** Serves a page that holds the product's CPU engine, opens it in a browser and loads the built-in model. */
export async function openScribe(windowTokens: number): Promise<Scribe> {
  const root = mkdtempSync(join(tmpdir(), 'longhand-scribe-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: root, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  })
  const server = createFileServer({ root, models: ['.models'] })
  if ((await listen(server, port)) === undefined) throw new Error(`Port ${port} is taken: name another in LONGHAND_SCRIBE_PORT.`)
  const executablePath = findBrowser()
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) })
  const page = await browser.newPage()
  page.setDefaultTimeout(0)
  page.on('pageerror', (error) => console.error(error))
  await page.goto(`http://127.0.0.1:${port}/`)
  while (!(await page.evaluate(() => 'scribePage' in globalThis))) await page.waitForTimeout(50)
  const loaded = await page.evaluate(
    (tokens) => (globalThis as unknown as { scribePage: ScribePage }).scribePage.load(tokens),
    windowTokens,
  )
  return {
    loaded,
    complete: (request) =>
      page.evaluate((asked) => (globalThis as unknown as { scribePage: ScribePage }).scribePage.complete(asked), request),
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
