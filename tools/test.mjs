/**
 * `npm test`: installs what is missing, then checks and tests everything in order, cheapest first. Ends with one plain
 * line `N passed, N failed`: tests, and each failed check as one. `--only=types,unit` runs some of the steps.
 */
import { existsSync } from 'node:fs'
import { ensureBrowser } from './find-browser.mjs'
import { bin, ensureEmbedder, ensureModel, ensurePackages, requireNode } from './prepare.mjs'
import { runPlaywright } from './run-playwright.mjs'
import { runVitest } from './run-vitest.mjs'
import { command, Missing, run, say, seconds } from './terminal.mjs'

/** @typedef {import('./run-vitest.mjs').Outcome} Outcome */

/**
 * A check is not a test: it adds nothing to what passed, and one to what failed.
 * @param {...[string, readonly string[]]} commands
 * @returns {() => Promise<Outcome>}
 */
const check =
  (...commands) =>
  async () => {
    let text = ''
    for (const [name, args] of commands) {
      const { code, output } = await command(name, args)
      text += output
      if (code !== 0) return { ok: false, passed: 0, failed: 1, output: text }
    }
    return { ok: true, passed: 0, failed: 0, output: text }
  }

/**
 * A step that ran no test has not shown anything.
 * @param {() => Promise<Outcome>} step
 * @returns {() => Promise<Outcome>}
 */
const atLeastOneTest = (step) => async () => {
  const outcome = await step()
  if (outcome.passed + outcome.failed > 0) return outcome
  return { ...outcome, ok: false, failed: 1, output: `${outcome.output}\nNo test ran.` }
}

/** @type {Promise<Outcome> | undefined} */
let built

/** The build that the end-to-end tests drive, made once: the product, and the scripted engine for addresses that ask for it. */
const buildForTests = () => {
  built ??= command(bin('vite'), ['build', '--outDir', 'dist-test'], { env: { LONGHAND_TEST: '1' } }).then(
    ({ code, output }) => ({ ok: code === 0, passed: 0, failed: code === 0 ? 0 : 1, output }),
  )
  return built
}

/**
 * @param {readonly string[]} chosen
 * @returns {() => Promise<Outcome>}
 */
const endToEnd = (chosen) =>
  atLeastOneTest(async () => {
    const outcome = await buildForTests()
    return outcome.ok ? runPlaywright(chosen) : outcome
  })

/**
 * Tests of real models are in files of this name, and run alone: they would only wait for each other on two cores. All others
 * share nothing, and two run at a time.
 */
const real = 'real-'

const npm = /** @type {const} */ (['npm', 'run', '--silent'])
/** @param {string} script @returns {[string, readonly string[]]} */
const script = (script) => [npm[0], [...npm.slice(1), script]]

/** @type {readonly { readonly name: string, readonly what: string, readonly run: () => Promise<Outcome> }[]} */
const steps = [
  { name: 'types', what: 'types', run: check(script('check:types')) },
  { name: 'lint', what: 'format and lint', run: check(script('check:lint')) },
  { name: 'layers', what: 'import layers', run: check(script('check:layers')) },
  { name: 'unused', what: 'unused code', run: check(script('check:unused')) },
  { name: 'unit', what: 'unit, property and contract tests', run: atLeastOneTest(() => runVitest('node')) },
  { name: 'browser', what: 'storage and engine tests in a browser', run: atLeastOneTest(() => runVitest('browser')) },
  { name: 'build', what: 'build and budgets', run: check([bin('vite'), ['build']], script('check:size')) },
  { name: 'e2e', what: 'end-to-end tests', run: endToEnd(['--grep-invert', real, '--workers=2', '--fully-parallel']) },
  { name: 'real', what: 'end-to-end tests with the built-in model', run: endToEnd(['--grep', real]) },
]

/** @param {readonly string[]} args */
function chosenSteps(args) {
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',')
  const unknown = only?.find((name) => !steps.some((step) => step.name === name))
  if (unknown !== undefined)
    throw new Missing(`There is no step "${unknown}".`, `The steps are ${steps.map((step) => step.name).join(', ')}.`)
  return only ? steps.filter((step) => only.includes(step.name)) : steps
}

run(async () => {
  const started = performance.now()
  requireNode()
  const chosen = chosenSteps(process.argv.slice(2))
  await ensurePackages()
  if (chosen.some(({ name }) => ['browser', 'e2e', 'real'].includes(name))) {
    process.env.LONGHAND_BROWSER = await ensureBrowser()
    // Without the model the tests that need it fail and say so: they are never skipped.
    if (existsSync('tools/model')) {
      await ensureModel()
      await ensureEmbedder()
    }
  }
  say(`Ready to test after ${seconds(started)}.`)

  let passed = 0
  let failed = 0
  const lines = []
  for (const { name, what, run } of chosen) {
    const since = performance.now()
    const outcome = await run()
    passed += outcome.passed
    failed += outcome.failed
    if (!outcome.ok) say(`\n----- ${what}: output -----\n${outcome.output.trimEnd()}\n----- end of ${what} -----\n`)
    const tests = outcome.passed + outcome.failed
    const counts =
      tests === 0 ? '' : `, ${outcome.passed} of ${tests} passed${outcome.skipped ? `, ${outcome.skipped} skipped` : ''}`
    const line = `${outcome.ok ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds(since).padStart(8)}  ${what}${counts}`
    lines.push(line)
    say(line)
  }
  say(`\nSummary after ${seconds(started)}\n${lines.join('\n')}\n`)
  say(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
