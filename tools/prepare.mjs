import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { command, Missing, say, seconds } from './terminal.mjs'

const installStamp = 'node_modules/.longhand-lock'

/** Longhand's tools need Node 20 or later. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20)
    throw new Missing(
      `Longhand needs Node 20 or later; this is Node ${process.versions.node}.`,
      'Install a newer Node and try again.',
    )
}

/** Whether node_modules is what the lock file asks for. */
function packagesAreInstalled() {
  const installed = 'node_modules/.package-lock.json'
  if (!existsSync(installed)) return false
  const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lockHash) return true
  if (statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) return false
  writeFileSync(installStamp, lockHash)
  return true
}

/** @param {string} output what a failed command said */
function adviceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/i.test(output))
    return 'The package registry could not be reached. Check the network (or proxy) and try again; nothing else was changed.'
  if (/ENOSPC/.test(output)) return 'The disk is full. About 1 GB is needed for packages, model and build.'
  if (/EACCES|EPERM/.test(output)) return 'This folder cannot be written. Use a folder of your own.'
  return 'The end of the output above tells why.'
}

/** Installs the packages of the lock file where they are missing or of another lock file. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return
  const since = performance.now()
  say('Installing packages (npm ci), once. This takes a minute.')
  const { code, output } = await command('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    say(output.split('\n').slice(-20).join('\n'))
    throw new Missing(
      'The packages could not be installed.',
      code === 127 ? 'npm was not found; it comes with Node.' : adviceFor(output),
    )
  }
  writeFileSync(installStamp, createHash('sha256').update(readFileSync('package-lock.json')).digest('hex'))
  say(`Packages installed in ${seconds(since)}.`)
}

/** Runs a command of node_modules/.bin by its script, so that no shell is needed. */
export const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`

const modelTool = 'tools/model/get-built-in.ts'

/** Gets the neural embedder, which the app does without, for the tests that run it. */
export async function ensureEmbedder() {
  const { code } = await command(bin('tsx'), ['tools/model/get-embedder.ts'], { show: true })
  return code === 0
}

/**
 * Gets the built-in model ready below `.models/`. Its absence never stops the app: other models can be had in the page.
 * @returns {Promise<boolean>} whether it is ready
 */
export async function ensureModel() {
  if (!existsSync(modelTool)) return false
  const { code, output } = await command(bin('tsx'), [modelTool], { show: true })
  if (code === 0) return true
  if (output.trim() === '') say(`${modelTool} failed with code ${code}.`)
  return false
}
