import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const folder = '.cache/node-llama-cpp'
const version = '3.21.1'
const builds: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
}

/** Fetches node-llama-cpp with the one build that runs here, since the others are large; the folder that its packages are in. */
export function ensureNodeLlama(): string {
  const packages = `${folder}/node_modules`
  const build = builds[`${process.platform}-${process.arch}`]
  if (!build) throw new Error(`node-llama-cpp has no build for ${process.platform}-${process.arch}.`)
  if (existsSync(`${packages}/@node-llama-cpp/${build}`)) return packages
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
  return packages
}
