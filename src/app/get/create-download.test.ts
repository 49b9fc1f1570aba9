import { describe, expect, it } from 'vitest'
import { EngineError, type LoadProgress } from '#ports/engine.ts'
import { createDownload, type DownloadState } from './create-download.ts'
import { pace } from './pace.ts'

/** A hub whose files arrive when the test says so. */
function hub() {
  const calls: { onProgress: (progress: LoadProgress) => void; finish: () => void; fail: (error: unknown) => void }[] = []
  let removed = 0
  const download = createDownload({
    fetchFiles: ({ onProgress }, signal) =>
      new Promise((finish, fail) => {
        calls.push({ onProgress, finish, fail })
        signal.addEventListener('abort', () => fail(new EngineError('aborted', 'The download was cancelled.')))
      }),
    removeFiles: async () => {
      removed++
    },
    now: () => 0,
  })
  const seen: DownloadState['type'][] = []
  download.subscribe(() => seen.push(download.getState().type))
  return { download, calls, seen, removed: () => removed }
}

describe('a download', () => {
  it('shows bytes while it runs, and ends done', async () => {
    const { download, calls, seen } = hub()
    const ended = download.start()
    calls[0]?.onProgress({ type: 'download', doneBytes: 5, totalBytes: 10 })
    expect(download.getState()).toEqual({
      type: 'running',
      progress: { type: 'download', doneBytes: 5, totalBytes: 10 },
      files: [],
    })
    calls[0]?.finish()
    await ended
    expect(seen).toEqual(['running', 'running', 'done'])
  })

  it('pauses, goes on and starts once however often it is asked', async () => {
    const { download, calls } = hub()
    const first = download.start()
    void download.start()
    download.pause()
    await first
    expect(download.getState()).toEqual({ type: 'paused' })
    const second = download.start()
    calls[1]?.finish()
    await second
    expect(calls).toHaveLength(2)
    expect(download.getState()).toEqual({ type: 'done' })
  })

  it('removes its files when cancelled, also after a pause', async () => {
    const { download, removed } = hub()
    void download.start()
    await download.cancel()
    expect([download.getState().type, removed()]).toEqual(['idle', 1])
    const again = download.start()
    download.pause()
    await again
    await download.cancel()
    expect([download.getState().type, removed()]).toEqual(['idle', 2])
  })

  it('says what went wrong and can be tried again', async () => {
    const { download, calls } = hub()
    const ended = download.start()
    calls[0]?.fail(new EngineError('download-failed', 'The hub answered 503.'))
    await ended
    expect(download.getState()).toEqual({ type: 'failed', error: 'download-failed', message: 'The hub answered 503.' })
    const again = download.start()
    calls[1]?.finish()
    await again
    expect(download.getState().type).toBe('done')
  })
})

describe('the pace of a download', () => {
  it('is measured over the last seconds and unknown at first', () => {
    const measure = pace()
    expect(measure({ doneBytes: 0, totalBytes: 10_000 }, 0)).toEqual({})
    expect(measure({ doneBytes: 2000, totalBytes: 10_000 }, 2000)).toEqual({ bytesPerSecond: 1000, secondsLeft: 8 })
    for (const at of [4000, 6000, 8000, 10_000]) measure({ doneBytes: 2000, totalBytes: 10_000 }, at)
    expect(measure({ doneBytes: 2000, totalBytes: 10_000 }, 12_000)).toEqual({ bytesPerSecond: 0 })
  })

  it('starts anew with a new round of files', () => {
    const measure = pace()
    measure({ doneBytes: 900, totalBytes: 1000 }, 0)
    expect(measure({ doneBytes: 10, totalBytes: 1000 }, 2000)).toEqual({})
  })
})
