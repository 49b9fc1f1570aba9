import { execSync } from 'node:child_process'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

function findBrowser(): string | undefined {
  if (process.env.LONGHAND_BROWSER) return process.env.LONGHAND_BROWSER
  try {
    return execSync('command -v chromium || command -v chromium-browser || command -v google-chrome', { shell: '/bin/sh' })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}

const executablePath = findBrowser()

export default defineConfig({
  test: {
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          name: 'node',
          environment: 'node',
          // Property tests are slow on a busy machine; none of them measures time.
          testTimeout: 60_000,
          include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'node_modules'],
        },
      },
      {
        extends: './vite.config.ts',
        // Found out only in the middle of a test, these would make the server reload the page under it.
        optimizeDeps: { include: ['dexie', 'fast-check', 'uuid', 'zod/mini'] },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: [
                  '--headless=new',
                  '--no-sandbox',
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                  '--enable-unsafe-swiftshader',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
