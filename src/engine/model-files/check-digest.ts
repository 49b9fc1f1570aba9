import { md5 } from '@noble/hashes/legacy.js'
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
  const name = fileName(file.url)
  if (file.sizeBytes !== undefined && bytes.byteLength !== file.sizeBytes)
    throw new EngineError('wrong-digest', `${name} has ${bytes.byteLength} bytes instead of ${file.sizeBytes}.`)
  const wrong = (kind: string, is: string, wanted: string) =>
    new EngineError('wrong-digest', `${name} is damaged: its ${kind} is ${is.slice(0, 12)}… instead of ${wanted.slice(0, 12)}….`)
  if (file.sha256) {
    const hex = await sha256(bytes)
    if (hex !== file.sha256) throw wrong('SHA-256', hex, file.sha256)
  } else if (file.md5) {
    // Lists of shards give MD5 alone, which the browser does not have. It guards against accidents, not against people.
    const hex = bytesToHex(md5(bytes))
    if (hex !== file.md5) throw wrong('MD5', hex, file.md5)
  }
}
