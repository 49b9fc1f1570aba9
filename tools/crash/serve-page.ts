import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'

/** Builds the page of this folder and serves it on a port of its own, the same over all restarts of the browser. */
export async function servePage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const root = import.meta.dirname
  const outDir = mkdtempSync(join(tmpdir(), 'longhand-crash-page-'))
  await build({ configFile: false, root, logLevel: 'warn', build: { outDir, emptyOutDir: true, target: 'es2023' } })
  const server = await preview({ configFile: false, root, build: { outDir }, preview: { host: '127.0.0.1', port: 4801 } })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new Error('The crash page could not be served.')
  return { url, close: () => server.close() }
}
