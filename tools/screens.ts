/** Makes pictures of every screen, at two widths and in both themes, into docs/screens: `npm run screens`, with `name` parts to make some. */
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { startAppServer } from '../e2e/fixtures/app-server.ts'
import { screens, setTheme } from '../e2e/fixtures/screens.ts'
import playwright from '../playwright.config.ts'

const folder = 'docs/screens'
const widths = { '': { width: 1440, height: 900 }, '-phone': { width: 390, height: 844 } }
const only = process.argv.slice(2)

mkdirSync(folder, { recursive: true })
const server = await startAppServer()
const browser = await chromium.launch({ ...playwright.use?.launchOptions, headless: true })
let failed = 0
for (const [suffix, viewport] of Object.entries(widths))
  for (const theme of ['light', 'dark'] as const)
    for (const { name, reach } of screens) {
      if (only.length > 0 && !only.some((part) => name.includes(part))) continue
      const path = `${folder}/${name}${suffix}-${theme}.png`
      const touch = suffix !== ''
      const context = await browser.newContext({ viewport, baseURL: server.url, isMobile: touch, hasTouch: touch })
      const page = await context.newPage()
      try {
        await setTheme(page, theme)
        await reach(page)
        await page.waitForTimeout(500)
        await page.screenshot({ path })
        console.log(path)
      } catch (error) {
        failed++
        console.error(`${path}: ${error instanceof Error ? error.message : error}`)
      }
      await context.close()
    }
await browser.close()
await server.close()
process.exitCode = failed === 0 ? 0 : 1
