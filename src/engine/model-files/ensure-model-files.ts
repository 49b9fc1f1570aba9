import { EngineError, type LoadProgress } from '#ports/engine.ts'
import { downloadFiles } from './download-files.ts'
import type { FetchOptions } from './fetch-file.ts'
import { findFile } from './file-cache.ts'
import type { FileProgress } from './file-progress.ts'
import { pause } from './pause.ts'
import { verifyKept } from './verify-kept.ts'
import { type BuildFiles, namedFiles, openShardList, shardFiles, type WantedFile } from './wanted-file.ts'

type Options = {
  /** Without it a missing file is an error: the page that holds conversations does not talk to the hub. */
  readonly mayDownload: boolean
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
  /** For a worker whose own `fetch` answers from the cache only. */
  readonly fetch?: typeof fetch
  readonly pause?: FetchOptions['pause']
  readonly sourceOf?: FetchOptions['sourceOf']
  /** Told how each file stands. */
  readonly onFile?: (progress: FileProgress) => void
}

/**
 * Has every file of a build in the browser's cache: what is kept is checked by digest, what is missing is downloaded and
 * checked. A damaged file is removed; where it may be downloaded it is fetched again at once, else `wrong-digest` is thrown.
 */
export async function ensureModelFiles(build: BuildFiles, options: Options): Promise<void> {
  await ensure(namedFiles(build), options)
  const listUrl = openShardList(build)
  if (!listUrl || !build.baseUrl) return
  const list = await findFile({ url: listUrl, role: 'weights' })
  await ensure(shardFiles(build.baseUrl, await list?.json().catch(() => undefined)), options)
}

async function ensure(files: readonly WantedFile[], options: Options): Promise<void> {
  const { mayDownload, onProgress, signal, onFile = () => {} } = options
  const { missing, damaged } = await verifyKept(files, { onProgress, onFile, signal })
  const first = damaged[0]
  if (first && !mayDownload) throw first.error
  if (missing[0] && !mayDownload)
    throw new EngineError(
      'file-missing',
      `${missing.length} of ${files.length} files of this model are not in this browser: ${missing[0].url}`,
    )
  const wanted = [...damaged.map(({ file }) => file), ...missing]
  if (wanted.length === 0) return
  await downloadFiles(wanted, {
    signal,
    onProgress: (progress) => onProgress({ ...progress, ...(damaged.length > 0 ? { damagedFiles: damaged.length } : {}) }),
    onFile,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    pause: options.pause ?? pause,
    sourceOf: options.sourceOf ?? ((url) => url),
  })
}
