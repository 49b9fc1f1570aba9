import { spawn } from 'node:child_process'

/** Something a person has to do before Longhand can go on: what is wrong, and what to do about it. */
export class Missing extends Error {
  /**
   * @param {string} problem what is wrong, one sentence
   * @param {string} advice what to do
   */
  constructor(problem, advice) {
    super(`${problem}\n  ${advice}`)
    this.name = 'Missing'
  }
}

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`)

/** @param {number} since milliseconds, as `performance.now()` gives them */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * Runs `main`; a Missing ends the process with its message alone, anything else with its stack.
 * @param {() => Promise<void>} main
 */
export async function run(main) {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`\n${error instanceof Missing ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }
}

/** @typedef {{ readonly code: number, readonly output: string }} Finished */

/**
 * Runs a command to its end. Its output is collected, and shown as it comes when `show` is set. A command that cannot
 * be started ends with code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, show?: boolean, cwd?: string }} [options]
 * @returns {Promise<Finished>}
 */
export function command(command, args, { env = {}, show = false, cwd } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: cwd ?? process.cwd(),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        output += chunk
        if (show) process.stdout.write(chunk)
      })
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
