import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const pages = ['index.html', 'get.html', 'remote.html', 'with-remote.html']
const inputs = ['src', 'public', ...pages, 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']

/** @param {string} path @returns {readonly string[]} */
function filesOf(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, String(name)))
    .filter((file) => statSync(file).isFile() && !/\.test\.tsx?$/.test(file))
    .sort()
}

/** A hash of all that the build is made from. */
export function hashOfInputs() {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** @param {string} folder @param {string} hash */
export const isBuiltFrom = (folder, hash) =>
  existsSync(join(folder, '.inputs')) && readFileSync(join(folder, '.inputs'), 'utf8') === hash

/** @param {string} folder @param {string} hash */
export const rememberInputs = (folder, hash) => writeFileSync(join(folder, '.inputs'), hash)
