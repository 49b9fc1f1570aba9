import { EngineError, type LoadProgress } from '#ports/engine.ts'
import { checkDigest, checkedBy } from './check-digest.ts'
import { type FetchOptions, fetchFile } from './fetch-file.ts'
import { keepFile } from './file-cache.ts'
import type { FileProgress } from './file-progress.ts'
import { fileName, type WantedFile } from './wanted-file.ts'

const PARALLEL = 3
/** Bytes between two reports of progress. */
const REPORT_BYTES = 256 * 1024
/** How often a file may arrive damaged before the source is given up. */
const DAMAGED = 3

type Options = Omit<FetchOptions, 'onState'> & {
  readonly onProgress: (progress: Extract<LoadProgress, { type: 'download' }>) => void
  readonly onFile: (progress: FileProgress) => void
}

/** Fetches files, three at a time, checks each and keeps it. The first failure ends the others. */
export async function downloadFiles(files: readonly WantedFile[], options: Options): Promise<void> {
  const done = new Map<string, number>()
  const sizes = new Map(files.map(({ url, sizeBytes = 0 }) => [url, sizeBytes]))
  const total = (numbers: ReadonlyMap<string, number>) => [...numbers.values()].reduce((sum, bytes) => sum + bytes, 0)
  let reported = 0
  const report = () => {
    reported = total(done)
    options.onProgress({ type: 'download', doneBytes: reported, totalBytes: Math.max(total(sizes), reported) })
  }
  report()

  // One failure ends the other downloads too.
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const queue = [...files]
  for (const file of files) show(file, { doneBytes: 0, state: { type: 'waiting' } })

  function show(file: WantedFile, { doneBytes, state }: Pick<FileProgress, 'doneBytes' | 'state'>): void {
    done.set(file.url, doneBytes)
    const { sizeBytes } = file
    options.onFile({ name: fileName(file.url), doneBytes, ...(sizeBytes === undefined ? {} : { totalBytes: sizeBytes }), state })
    const all = total(done)
    if (Math.abs(all - reported) >= REPORT_BYTES || all >= total(sizes)) report()
  }

  async function fetchChecked(file: WantedFile): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 1; ; attempt++) {
      const bytes = await fetchFile(file, { ...options, signal, onState: (state) => show(file, state) })
      try {
        await checkDigest(file, bytes)
        return bytes
      } catch (error) {
        if (!(error instanceof EngineError) || attempt === DAMAGED) throw error
        show(file, { doneBytes: 0, state: { type: 'damaged', reason: error.message } })
      }
    }
  }

  async function work(): Promise<void> {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const bytes = await fetchChecked(file)
      await keepFile(file, bytes)
      show(file, { doneBytes: bytes.length, state: { type: 'kept', checkedBy: checkedBy(file) } })
    }
  }
  const outcomes = await Promise.allSettled(
    Array.from({ length: PARALLEL }, () =>
      work().catch((error) => {
        stop.abort()
        throw error
      }),
    ),
  )
  report()
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as EngineError] : []))
  // The others were only stopped by the first failure.
  const cause = errors.find((error) => error.type !== 'aborted') ?? errors[0]
  if (cause) throw cause
}
