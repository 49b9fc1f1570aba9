import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Costs, Figure } from './measure.ts'
import type { Suite } from './read-sets.ts'

/** Figures of some histories, and what they cost. */
export type Measured = { readonly figures: readonly Figure[]; readonly costs: Costs }

/**
 * Runs this command in processes of their own, as many at a time as there are cores, each with every so manyth history of a
 * suite: histories share nothing. Prints what each said, and gives what they measured, in the order of suites and parts.
 *
 * @param options the command's other options
 * @throws Error where one ended with a failure
 */
export async function partsApart(suites: readonly Suite[], options: readonly string[]): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-scorecard-'))
  const cores = availableParallelism()
  // The check of topics is short and takes its dialogues together.
  const jobs = suites.flatMap((suite) => {
    const parts = suite === 'tiage' ? 1 : cores
    return Array.from({ length: parts }, (_, part) => ({ suite, part: `${part}/${parts}`, file: `${suite}-${part}.json` }))
  })
  const waiting = [...jobs]
  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const said = await run([...options, '--suite', job.suite, '--part', job.part, '--json', join(folder, job.file)])
      if (said !== '') console.log(said)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(jobs.length, cores) }, work))
    return jobs.map(({ file }) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Measured)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
