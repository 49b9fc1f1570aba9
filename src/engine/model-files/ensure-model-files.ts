import { EngineError, type LoadProgress } from '#ports/engine.ts'
import { checkDigest } from './check-digest.ts'
import { fetchFile } from './fetch-file.ts'
import { dropFile, findFile, keepFile, keptSize } from './file-cache.ts'
import { type BuildFiles, namedFiles, openShardList, shardFiles, type WantedFile } from './wanted-file.ts'

const PARALLEL = 3
/** Bytes between two reports of progress. */
const REPORT_BYTES = 256 * 1024

type Options = {
  /** Without it a missing file is an error: the page that holds conversations does not talk to the hub. */
  readonly mayDownload: boolean
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
  /** For a worker whose own `fetch` answers from the cache only. */
  readonly fetch?: typeof fetch
}

/**
 * Has every file of a build in the browser's cache: what is kept is checked by digest, what is missing is downloaded and
 * checked. A wrong byte throws `wrong-digest` and the file is removed, so that the next attempt fetches it anew.
 */
export async function ensureModelFiles(build: BuildFiles, options: Options): Promise<void> {
  const first = namedFiles(build)
  await ensure(first, options)
  const listUrl = openShardList(build)
  if (!listUrl || !build.baseUrl) return
  const list = await findFile({ url: listUrl, role: 'weights' })
  await ensure(shardFiles(build.baseUrl, await list?.json()), options)
}

async function ensure(
  files: readonly WantedFile[],
  { mayDownload, onProgress, signal, fetch: fetchImplementation }: Options,
): Promise<void> {
  const kept: { file: WantedFile; response: Response }[] = []
  const missing: WantedFile[] = []
  for (const file of files) {
    const response = await findFile(file)
    if (response) kept.push({ file, response })
    else missing.push(file)
  }
  if (missing[0] && !mayDownload)
    throw new EngineError(
      'file-missing',
      `${missing.length} of ${files.length} files of this model are not in this browser: ${missing[0].url}`,
    )

  const verifyBytes = kept.reduce((bytes, { file, response }) => bytes + keptSize(file, response), 0)
  let verified = 0
  for (const { file, response } of kept) {
    if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
    onProgress({ type: 'verify', doneBytes: verified, totalBytes: verifyBytes })
    if (file.sha256 || file.sizeBytes !== undefined) await checkOrDrop(file, new Uint8Array(await response.arrayBuffer()))
    verified += keptSize(file, response)
  }
  if (kept.length > 0) onProgress({ type: 'verify', doneBytes: verified, totalBytes: verifyBytes })
  if (missing.length === 0) return

  let done = 0
  let reported = 0
  const total = missing.reduce((bytes, file) => bytes + (file.sizeBytes ?? 0), 0)
  const report = () => {
    reported = done
    onProgress({ type: 'download', doneBytes: done, totalBytes: Math.max(total, done) })
  }
  report()
  // One failure ends the other downloads too.
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const queue = [...missing]
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const onBytes = (bytes: number) => {
        done += bytes
        if (done - reported >= REPORT_BYTES || done >= total) report()
      }
      const bytes = await fetchFile(file, onBytes, either, fetchImplementation)
      await checkDigest(file, bytes)
      await keepFile(file, bytes)
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
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as EngineError] : []))
  // The others were only stopped by the first failure.
  const cause = errors.find((error) => error.type !== 'aborted') ?? errors[0]
  if (cause) throw cause
}

async function checkOrDrop(file: WantedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await checkDigest(file, bytes)
  } catch (error) {
    await dropFile(file)
    throw error
  }
}
