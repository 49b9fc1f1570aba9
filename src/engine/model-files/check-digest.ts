import { md5 } from '@noble/hashes/legacy.js'
import { sha256 as sha256Stream } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { EngineError } from '#ports/engine.ts'
import { fileName, type WantedFile } from './wanted-file.ts'

/** What a file was checked by: `size` and `nothing` where no digest is published for it. */
export type CheckedBy = 'sha256' | 'md5' | 'size' | 'nothing'

export function checkedBy(file: WantedFile): CheckedBy {
  if (file.sha256) return 'sha256'
  if (file.md5) return 'md5'
  return file.sizeBytes === undefined ? 'nothing' : 'size'
}

/** Hex SHA-256. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return bytesToHex(digest)
}

/**
 * Throws `wrong-digest` when bytes are not those that the catalogue or the list of shards names. Files without a digest are
 * checked by size, and those without a size not at all.
 */
export async function checkDigest(file: WantedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  checkSize(file, bytes.byteLength)
  if (file.sha256) compare(file, 'SHA-256', await sha256(bytes), file.sha256)
  // Lists of shards give MD5 alone, which the browser does not have. It guards against accidents, not against people.
  else if (file.md5) compare(file, 'MD5', bytesToHex(md5(bytes)), file.md5)
}

/** The same of a file too large to lie in memory beside the model: by SHA-256, piece by piece; `onBytes` hears how far it is. */
export async function checkStream(
  file: WantedFile & { readonly sha256: string },
  body: ReadableStream<Uint8Array>,
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  const digest = sha256Stream.create()
  let done = 0
  for (const reader = body.getReader(); ; ) {
    const { done: ended, value } = await reader.read()
    if (ended) break
    digest.update(value)
    done += value.length
    onBytes(done)
  }
  checkSize(file, done)
  compare(file, 'SHA-256', bytesToHex(digest.digest()), file.sha256)
}

function checkSize({ url, sizeBytes }: WantedFile, bytes: number): void {
  if (sizeBytes !== undefined && bytes !== sizeBytes)
    throw new EngineError('wrong-digest', `${fileName(url)} has ${bytes} bytes instead of ${sizeBytes}.`)
}

function compare({ url }: WantedFile, kind: string, is: string, wanted: string): void {
  if (is !== wanted)
    throw new EngineError(
      'wrong-digest',
      `${fileName(url)} is damaged: its ${kind} is ${is.slice(0, 12)}… instead of ${wanted.slice(0, 12)}….`,
    )
}
