import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { startModelServer } from '../../src/engine/remote/testing/model-server.ts'
import { servedGguf } from './served-gguf.ts'

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

/** Starts our own server with a GGUF file, which llama.cpp runs through node-llama-cpp. */
export async function startOwnServer(file: string, contextTokens: number) {
  ensureLibrary()
  return startModelServer(await servedGguf(file, `${folder}/node_modules`, contextTokens))
}
