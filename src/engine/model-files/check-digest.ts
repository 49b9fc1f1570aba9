import { EngineError } from '#ports/engine.ts'
import type { WantedFile } from './wanted-file.ts'

/** Throws `wrong-digest` when bytes are not those that the catalogue names. Files without a digest are checked by size. */
export async function checkDigest(file: WantedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const name = file.url.split('/').at(-1)
  if (file.sizeBytes !== undefined && bytes.byteLength !== file.sizeBytes)
    throw new EngineError('wrong-digest', `${name} has ${bytes.byteLength} bytes instead of ${file.sizeBytes}.`)
  if (!file.sha256) return
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== file.sha256)
    throw new EngineError(
      'wrong-digest',
      `${name} is damaged: its SHA-256 is ${hex.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}….`,
    )
}
