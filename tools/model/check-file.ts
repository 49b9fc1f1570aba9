import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import type { ModelFile } from '#ports/model.ts'

/** Hex SHA-256 of a file, read as a stream. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

/** Whether a file is there with the size that the catalogue says. */
export function hasSize(path: string, file: ModelFile): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === file.sizeBytes
}

/** Throws, naming the file, when its size or digest is not the catalogue's. */
export async function checkFile(path: string, file: ModelFile): Promise<void> {
  if (!hasSize(path, file)) throw new Error(`${path} has ${statSync(path).size} bytes; the catalogue says ${file.sizeBytes}.`)
  const digest = await sha256OfFile(path)
  if (digest !== file.sha256) throw new Error(`${path} has SHA-256 ${digest}; the catalogue says ${file.sha256}.`)
}
