import type { FileProgress } from '#engine/model-files/file-progress.ts'
import { EngineError, type EngineErrorType, type LoadProgress } from '#ports/engine.ts'
import { pace } from './pace.ts'

export type DownloadState =
  | { readonly type: 'idle' | 'paused' | 'done' }
  | {
      readonly type: 'running'
      /** Absent until the first byte moved. */
      readonly progress?: Exclude<LoadProgress, { type: 'prepare' }>
      readonly bytesPerSecond?: number
      readonly secondsLeft?: number
      /** How each file stands, in the order in which they were asked for. */
      readonly files: readonly FileProgress[]
    }
  | { readonly type: 'failed'; readonly error: EngineErrorType; readonly message: string }

/** One download of a model's files: started, paused, gone on with, cancelled. */
export type Download = {
  readonly getState: () => DownloadState
  readonly subscribe: (listener: () => void) => () => void
  /** Starts, or goes on: files that are whole already are kept, one that was cut is fetched again. */
  readonly start: () => Promise<void>
  /** Stops and keeps the files that are whole. */
  readonly pause: () => void
  /** Stops and removes what was downloaded. */
  readonly cancel: () => Promise<void>
}

type Needs = {
  /** Fetches what is missing; throws EngineError. */
  readonly fetchFiles: (
    watch: { readonly onProgress: (progress: LoadProgress) => void; readonly onFile: (progress: FileProgress) => void },
    signal: AbortSignal,
  ) => Promise<void>
  readonly removeFiles: () => Promise<void>
  /** Milliseconds. */
  readonly now: () => number
}

/** Makes a download; it begins with `start`. Nothing is thrown: what goes wrong ends in the state. */
export function createDownload({ fetchFiles, removeFiles, now }: Needs): Download {
  let state: DownloadState = { type: 'idle' }
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined
  const listeners = new Set<() => void>()

  function set(next: DownloadState): void {
    state = next
    for (const listener of listeners) listener()
  }

  function fail(error: unknown): void {
    if (error instanceof EngineError && error.type === 'aborted') set({ type: 'paused' })
    else if (error instanceof EngineError) set({ type: 'failed', error: error.type, message: error.message })
    else set({ type: 'failed', error: 'internal', message: error instanceof Error ? error.message : String(error) })
  }

  async function fetchAll(signal: AbortSignal): Promise<void> {
    const measure = pace()
    const files = new Map<string, FileProgress>()
    let shown: Omit<Extract<DownloadState, { type: 'running' }>, 'files'> = { type: 'running' }
    const show = () => set({ ...shown, files: [...files.values()] })
    show()
    const onProgress = (progress: LoadProgress) => {
      if (progress.type === 'prepare' || signal.aborted) return
      shown = { type: 'running', progress, ...(progress.type === 'download' ? measure(progress, now()) : {}) }
      show()
    }
    const onFile = (file: FileProgress) => {
      const before = files.get(file.name)?.state.type
      files.set(file.name, file)
      // Bytes come with the progress of the whole; only what happened to a file is shown at once.
      if (before !== file.state.type && !signal.aborted) show()
    }
    try {
      await fetchFiles({ onProgress, onFile }, signal)
      set({ type: 'done' })
    } catch (error) {
      fail(error)
    }
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      if (running) return running.ended
      const abort = new AbortController()
      running = { abort, ended: fetchAll(abort.signal) }
      await running.ended
      running = undefined
    },
    pause: () => running?.abort.abort(),
    async cancel() {
      running?.abort.abort()
      await running?.ended
      try {
        await removeFiles()
        set({ type: 'idle' })
      } catch (error) {
        fail(error)
      }
    },
  }
}
