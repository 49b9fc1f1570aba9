/**
 * `npm start`: installs what is missing, gets the built-in model, builds where something changed, and serves Longhand
 * on this computer alone. `--no-open` opens no browser, `--port=NUMBER` chooses the port, `--dev` serves the sources.
 */
import { spawn } from 'node:child_process'
import { hashOfInputs, isBuiltFrom, rememberInputs } from './build-stamp.mjs'
import { createFileServer, listen } from './file-server.mjs'
import { bin, ensureModel, ensurePackages, requireNode } from './prepare.mjs'
import { command, Missing, run, say, seconds } from './terminal.mjs'

const defaultPort = 4173
const args = process.argv.slice(2)

/** Builds into dist, unless dist was made from exactly these sources. */
async function ensureBuild() {
  const hash = hashOfInputs()
  if (isBuiltFrom('dist', hash)) {
    say('Built already; nothing changed since.')
    return
  }
  const since = performance.now()
  say('Building.')
  const { code, output } = await command(bin('vite'), ['build', '--logLevel', 'warn'])
  if (code !== 0) {
    say(output)
    throw new Missing('The build failed.', /ENOSPC/.test(output) ? 'The disk is full.' : 'The output above tells why.')
  }
  rememberInputs('dist', hash)
  say(`Built in ${seconds(since)}.`)
}

/** @param {number} port */
async function isLonghand(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) })
    return (await response.text()).includes('<title>Longhand</title>')
  } catch {
    return false
  }
}

/** @param {string} address */
function openBrowser(address) {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  // Without a desktop there is nothing to open; the address is on the terminal.
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

/** Serves dist on the wanted port, or the next free one. */
async function serve() {
  const asked = args.find((arg) => arg.startsWith('--port='))?.slice('--port='.length) ?? process.env.PORT
  const wanted = Number(asked ?? defaultPort)
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new Missing(`"${asked}" is no port.`, 'Ports are numbers up to 65535.')
  const server = createFileServer({ root: 'dist', models: ['.models'] })
  for (let port = wanted; port < wanted + 20; port++) {
    const got = await listen(server, port)
    if (got !== undefined) {
      if (got !== wanted && wanted !== 0)
        say(`Port ${wanted} is taken, so this is another address: conversations made at the usual one are not shown here.`)
      return `http://127.0.0.1:${got}/`
    }
    if (port === wanted && (await isLonghand(port))) {
      say('Longhand already runs here.')
      return `http://127.0.0.1:${port}/`
    }
  }
  throw new Missing(`Ports ${wanted} to ${wanted + 19} are taken.`, 'Choose another one: npm start -- --port=NUMBER')
}

run(async () => {
  requireNode()
  await ensurePackages()
  await ensureModel()
  if (args.includes('--dev')) {
    spawn(
      bin('vite'),
      args.filter((arg) => arg !== '--dev' && arg !== '--no-open'),
      { stdio: 'inherit', shell: process.platform === 'win32' },
    )
    return
  }
  await ensureBuild()
  const address = await serve()
  say(`\nLonghand is at  ${address}\nCtrl+C ends it.`)
  if (!args.includes('--no-open') && !process.env.CI) openBrowser(address)
})
