/**
 * `npm run campaign:remote`: the engine contract against a real server with the built-in model: llama.cpp through
 * node-llama-cpp, which is fetched into .cache on the first run. With LONGHAND_SERVER=llama-server it is llama.cpp's own server.
 * Else LONGHAND_SERVER names the address of another one; it has to have one model, `/tokenize` and `/apply-template`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { startModelServer } from '../../src/engine/remote/testing/model-server.ts'
import { startLlamaServer } from './llama-server.ts'
import { servedGguf } from './served-gguf.ts'

const gguf = '.models/smollm2-135m/model.gguf'
const windowTokens = 512
const folder = '.cache/node-llama-cpp'
const version = '3.21.1'
const builds: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
}

/** Fetches the library with the one build that runs here; the others are large. */
function ensureLibrary(): void {
  const build = builds[`${process.platform}-${process.arch}`]
  if (!build) throw new Error(`node-llama-cpp has no build for ${process.platform}-${process.arch}.`)
  if (existsSync(`${folder}/node_modules/@node-llama-cpp/${build}`)) return
  const names = [`node-llama-cpp@${version}`, `@node-llama-cpp/${build}@${version}`]
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    ...names,
  ]
  const { status } = spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('node-llama-cpp could not be fetched.')
}

async function ownServer() {
  ensureLibrary()
  const served = await servedGguf(gguf, `${folder}/node_modules`, windowTokens)
  return startModelServer(served)
}

const given = process.env.LONGHAND_SERVER
const server = given === 'llama-server' ? await startLlamaServer(gguf, windowTokens) : given ? undefined : await ownServer()
const url = server?.url ?? given ?? ''
console.log(`The server is at ${url}`)
const test = spawn(
  'npx',
  ['vitest', 'run', '--project', 'node', '--reporter=verbose', '--testTimeout=300000', 'src/engine/remote/remote-contract'],
  {
    stdio: 'inherit',
    env: { ...process.env, LONGHAND_SERVER: url },
    shell: process.platform === 'win32',
  },
)
test.on('exit', async (code) => {
  await server?.close()
  process.exit(code ?? 1)
})
