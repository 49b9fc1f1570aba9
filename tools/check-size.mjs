/**
 * Checks what a first visit loads: the JavaScript of the page before any engine byte, gzipped, and that nothing of the
 * engines or of the scripted engine is in it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Missing, run, say } from './terminal.mjs'

const shellLimitBytes = 150_000
/** Words of the scripted engine's reply: no build for users may hold them. */
const scriptedMark = 'I answer by a rule and not by a model'

/** @typedef {Record<string, { file: string, imports?: string[], dynamicImports?: string[], css?: string[] }>} ViteManifest */

/**
 * The files that a page loads before it runs: its entry and all static imports.
 * @param {ViteManifest} manifest
 * @param {string} entry
 * @returns {readonly string[]}
 */
function staticFiles(manifest, entry) {
  const seen = new Set()
  const queue = [entry]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    queue.push(...(manifest[name]?.imports ?? []))
  }
  return [...seen].flatMap((name) => manifest[name]?.file ?? [])
}

run(async () => {
  if (!existsSync('dist/.vite/manifest.json')) throw new Missing('There is no build to measure.', 'Run `npm run build` first.')
  /** @type {ViteManifest} */
  const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
  const problems = []
  for (const page of ['index.html', 'get.html', 'remote.html', 'with-remote.html']) {
    const html = readFileSync(join('dist', page), 'utf8')
    const classic = [...html.matchAll(/<script src="\/([^"]+)"/g)].map((match) => match[1] ?? '')
    const files = [...staticFiles(manifest, page), ...classic].filter((file) => file.endsWith('.js'))
    if (files.length === 0) problems.push(`${page}: no script was seen: the check has shown nothing.`)
    const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(join('dist', file)), { level: 9 }).length }))
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    say(`${page}: ${(total / 1000).toFixed(1)} kB gzip of JavaScript at start, at most ${shellLimitBytes / 1000} kB`)
    for (const { file, bytes } of sizes) say(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
    // Fetched at every start as well, though the page does not name them: the adapters that start opens.
    const adapters =
      page === 'index.html' ? staticFiles(manifest, 'src/app/browser-services.ts').filter((file) => !files.includes(file)) : []
    for (const file of adapters)
      say(
        `  ${(gzipSync(readFileSync(join('dist', file)), { level: 9 }).length / 1000).toFixed(1).padStart(7)} kB  ${file}, fetched next`,
      )
    if (total > shellLimitBytes) problems.push(`${page}: ${total} bytes at start, at most ${shellLimitBytes}`)
  }
  const marked = readdirSync('dist', { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.js') && readFileSync(join('dist', name), 'utf8').includes(scriptedMark))
  for (const name of marked) problems.push(`${name}: the scripted engine is in the build for users`)
  for (const problem of problems) say(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
})
