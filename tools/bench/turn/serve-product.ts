import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { createFileServer, listen } from '../../file-server.mjs'

/** The port stays the same over all starts of a browser: data belong to an address. */
const port = 4811

/**
 * Builds the product with the scripted engine, and the page with clocks below /bench/ of the same origin, so that both see
 * one database; serves them as `npm start` serves the product.
 */
export async function serveProduct(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'longhand-bench-app-'))
  process.env.LONGHAND_TEST = '1'
  await build({ logLevel: 'warn', build: { outDir: root, emptyOutDir: true } })
  await build({
    configFile: false,
    root: import.meta.dirname,
    base: '/bench/',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: join(root, 'bench'), emptyOutDir: true, target: 'es2023' },
  })
  const server = createFileServer({ root, models: ['.models'] })
  if ((await listen(server, port)) === undefined) throw new Error(`Port ${port} is taken.`)
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
