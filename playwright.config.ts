import { defineConfig } from '@playwright/test'
import { findBrowser } from './tools/find-browser.mjs'

const executablePath = findBrowser()

/** The built-in GPU engine runs on Chromium's software adapter where there is no GPU. */
export const browserArgs = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** Every test starts from e2e/fixtures/test.ts, which serves the test build (`dist-test`) and watches what leaves the page. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'campaigns/**',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Real models are slow on two cores; tests that share them would only wait for each other.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: browserArgs },
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
