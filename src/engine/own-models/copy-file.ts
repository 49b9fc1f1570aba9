import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { keepStream } from '#engine/model-files/file-cache.ts'
import { EngineError } from '#ports/engine.ts'

/** Bytes between two reports. */
const reportBytes = 4 << 20

/**
 * Copies a file into the browser piece by piece, so that it never lies in memory as a whole. Resolves with its SHA-256, by
 * which it is checked at every load. Of a copy that failed or was aborted nothing is kept.
 */
export async function copyFile(
  file: Blob,
  url: string,
  onBytes: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const digest = sha256.create()
  let done = 0
  let told = 0
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      if (signal.aborted) throw new EngineError('aborted', 'Copying was cancelled.')
      digest.update(bytes)
      done += bytes.length
      if (done - told >= reportBytes || done === file.size) {
        told = done
        onBytes(done)
      }
      controller.enqueue(bytes)
    },
  })
  try {
    await keepStream({ url, sizeBytes: file.size, role: 'weights' }, file.stream().pipeThrough(counted))
  } catch (error) {
    if (signal.aborted) throw new EngineError('aborted', 'Copying was cancelled.')
    throw error
  }
  if (done !== file.size) throw new EngineError('unfit-file', `The file ended after ${done} of ${file.size} bytes.`)
  return bytesToHex(digest.digest())
}
