import { EngineError, type LoadProgress } from '#ports/engine.ts'
import { checkDigest, checkedBy, checkStream } from './check-digest.ts'
import { dropFile, findFile, keptFile, keptSize } from './file-cache.ts'
import type { FileProgress } from './file-progress.ts'
import { fileName, type WantedFile } from './wanted-file.ts'

type Verified = {
  readonly missing: readonly WantedFile[]
  /** Files whose bytes were wrong; they are removed. */
  readonly damaged: readonly { readonly file: WantedFile; readonly error: EngineError }[]
}

type Options = {
  readonly onProgress: (progress: LoadProgress) => void
  readonly onFile: (progress: FileProgress) => void
  readonly signal: AbortSignal
}

/** From this size on a file is checked piece by piece: slower than the browser's own digest, which wants it in memory. */
const largeBytes = 512 << 20

/** Checks what is kept of some files, byte by byte, and removes what is damaged. */
export async function verifyKept(files: readonly WantedFile[], { onProgress, onFile, signal }: Options): Promise<Verified> {
  const kept: { file: WantedFile; response: Response }[] = []
  const missing: WantedFile[] = []
  for (const file of files) {
    const response = await findFile(file)
    if (response) kept.push({ file, response })
    else missing.push(file)
  }
  const damaged: { file: WantedFile; error: EngineError }[] = []
  const totalBytes = kept.reduce((bytes, { file, response }) => bytes + keptSize(file, response), 0)
  let doneBytes = 0
  for (const { file, response } of kept) {
    if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
    onProgress({ type: 'verify', doneBytes, totalBytes })
    const size = keptSize(file, response)
    const name = fileName(file.url)
    const known = keptFile(file, response)
    try {
      const { sha256 } = known
      if (sha256 && size >= largeBytes && response.body)
        await checkStream({ ...known, sha256 }, response.body, (bytes) => {
          if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
          onProgress({ type: 'verify', doneBytes: doneBytes + Math.min(bytes, size), totalBytes })
        })
      else if (checkedBy(known) !== 'nothing') await checkDigest(known, new Uint8Array(await response.arrayBuffer()))
      onFile({ name, doneBytes: size, totalBytes: size, state: { type: 'kept', checkedBy: checkedBy(known) } })
    } catch (error) {
      if (error instanceof EngineError && error.type === 'aborted') throw error
      // A body that cannot be read is as good as damaged.
      const reason = error instanceof EngineError ? error : new EngineError('wrong-digest', `${name} cannot be read: ${error}`)
      await dropFile(file)
      damaged.push({ file, error: reason })
      onFile({ name, doneBytes: 0, totalBytes: size, state: { type: 'damaged', reason: reason.message } })
    }
    doneBytes += size
  }
  if (kept.length > 0) onProgress({ type: 'verify', doneBytes, totalBytes })
  return { missing, damaged }
}
