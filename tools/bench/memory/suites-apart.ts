import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs this command once for each suite, in processes of their own, as many at a time as there are cores; prints what each
 * said, and gives all rows in the order of the suites.
 *
 * @param options the command's other options
 * @throws Error where one ended with a failure
 */
export async function suitesApart<Row>(suites: readonly string[], options: readonly string[]): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-scorecard-'))
  const rows = new Map<string, readonly Row[]>()
  const waiting = [...suites]
  async function work(): Promise<void> {
    for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
      const file = join(folder, `${suite}.json`)
      console.log(await run([...options, '--suite', suite, '--json', file]))
      rows.set(suite, (JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] }).rows)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(suites.length, availableParallelism()) }, work))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return suites.flatMap((suite) => rows.get(suite) ?? [])
}

function run(options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(said.trimEnd()) : reject(new Error(`${options.join(' ')} ended with ${code}\n${said}`)),
    )
  })
}
