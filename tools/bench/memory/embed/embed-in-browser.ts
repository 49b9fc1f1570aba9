import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { createFileServer, listen } from '../../../file-server.mjs'
import { findBrowser } from '../../../find-browser.mjs'
import type { EmbedPage } from './embed-page.ts'

export type TextEmbedder = {
  /** Vectors as the product keeps them: signed bytes, base64; empty where a text has none. */
  embed(texts: readonly string[]): Promise<string[]>
  close(): Promise<void>
}

/** The product's own embedder in a browser of its own. */
export async function embedInBrowser(): Promise<TextEmbedder> {
  const root = mkdtempSync(join(tmpdir(), 'longhand-embed-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: root, emptyOutDir: true, target: 'es2023' },
  })
  const server = createFileServer({ root, models: ['.models'] })
  const port = await listen(server, 0)
  const executablePath = findBrowser()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForFunction(() => 'embedTexts' in globalThis)
  return {
    embed: (texts) => page.evaluate((all) => (globalThis as unknown as EmbedPage).embedTexts(all), texts),
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
