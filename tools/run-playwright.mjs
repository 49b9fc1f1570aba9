import { mkdirSync, rmSync } from 'node:fs'
import { bin } from './prepare.mjs'
import { readReport } from './run-vitest.mjs'
import { command } from './terminal.mjs'

/**
 * Runs end-to-end tests. A test that passed only at a second try counts as failed.
 * @param {readonly string[]} chosen which of them, and how, as Playwright's arguments
 * @returns {Promise<import('./run-vitest.mjs').Outcome>}
 */
export async function runPlaywright(chosen) {
  const file = '.cache/test/playwright.json'
  mkdirSync('.cache/test', { recursive: true })
  rmSync(file, { force: true })
  const { code, output } = await command(bin('playwright'), ['test', '--reporter=list,json', ...chosen], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  const report = readReport(file)
  if (!report) return { ok: false, passed: 0, failed: 1, output }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + (report.errors?.length ?? 0)
  return { ok: code === 0 && failed === 0, passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed, skipped, output }
}
