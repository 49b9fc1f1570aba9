import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { bin } from './prepare.mjs'
import { command } from './terminal.mjs'

/** @typedef {{ readonly ok: boolean, readonly passed: number, readonly failed: number, readonly skipped?: number, readonly output: string }} Outcome */

/**
 * Reads a report that a test runner wrote; a runner that died before writing one counts as one failure.
 * @param {string} file
 * @returns {any}
 */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Runs one vitest project. A test file that cannot be loaded counts as one failure.
 * @param {'node' | 'browser'} project
 * @returns {Promise<Outcome>}
 */
export async function runVitest(project) {
  const file = `.cache/test/vitest-${project}.json`
  mkdirSync('.cache/test', { recursive: true })
  rmSync(file, { force: true })
  const { code, output } = await command(bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = readReport(file)
  if (!report) return { ok: false, passed: 0, failed: 1, output }
  const passed = report.numPassedTests
  const skipped = report.numPendingTests + report.numTodoTests
  const unloaded = report.testResults.filter(
    (/** @type {any} */ suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + unloaded
  // A runner that fails without a failed test (an unhandled error) is a failure all the same.
  return { ok: code === 0 && failed === 0, passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped, output }
}
