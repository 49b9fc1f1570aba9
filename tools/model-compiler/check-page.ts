/**
 * Runs web/check.js in a headless browser: usage `tsx check-page.ts WORKDIR INPUT.json OUTPUT.json`. Serves
 * /npm/ from node_modules, /models/NAME/ from WORKDIR/NAME and the rest from web/.
 */
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser } from '../find-browser.mjs'

const [work = '', input = '', output = ''] = process.argv.slice(2)
const here = fileURLToPath(new URL('.', import.meta.url))
const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}
const roots: readonly (readonly [string, string])[] = [
  ['/npm/', join(here, '..', '..', 'node_modules')],
  ['/models/', work],
  ['/', join(here, 'web')],
]

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'))
  const [prefix, folder] = roots.find(([start]) => path.startsWith(start)) ?? ['/', here]
  const file = join(folder, path === '/' ? 'page.html' : path.slice(prefix.length))
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!file.startsWith(folder) || !stat?.isFile()) {
    response.writeHead(404).end()
    return
  }
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': stat.size })
  createReadStream(file).pipe(response)
})

async function main(): Promise<void> {
  // Playwright's own browser where the system has none.
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--headless=new',
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-dev-shm-usage',
    ],
  })
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const page = await browser.newPage()
    page.setDefaultTimeout(0)
    page.on('console', (message) => process.stdout.write(`  ${message.text().slice(0, 400)}\n`))
    page.on('pageerror', (error) => process.stdout.write(`  page error: ${error.message}\n`))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('window.check')
    const answer: unknown = await page.evaluate(`window.check(${readFileSync(input, 'utf8')})`)
    writeFileSync(output, JSON.stringify(answer))
  } finally {
    await browser.close()
    server.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
})
