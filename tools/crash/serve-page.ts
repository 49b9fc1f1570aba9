import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'

/** Builds the page in a folder and serves it on a port of its own: the same over all restarts, since data belong to an address. */
export async function servePage(
  root: string,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'longhand-crash-page-'))
  await build({ configFile: false, root, logLevel: 'warn', build: { outDir, emptyOutDir: true, target: 'es2023' } })
  const server = await preview({ configFile: false, root, build: { outDir }, preview: { host: '127.0.0.1', port } })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new Error('The crash page could not be served.')
  return { url, close: () => server.close() }
}
