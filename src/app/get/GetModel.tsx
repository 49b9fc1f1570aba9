import { useMemo, useSyncExternalStore } from 'react'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { deleteModelFiles } from '#engine/model-files/model-files-state.ts'
import type { Model, ModelBuild } from '#ports/model.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatBytes, formatDuration } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { openOutside } from '#ui/outside/open-outside.ts'
import { createDownload, type DownloadState } from './create-download.ts'
import { failureWords } from './failure-words.ts'

type Props = { readonly model: Model; readonly build: ModelBuild }

/** Downloads one model: what it is and costs, its licence, progress in bytes, and the way back to the chat. */
export function GetModel({ model, build }: Props) {
  const download = useMemo(
    () =>
      createDownload({
        fetchFiles: (onProgress, signal) => ensureModelFiles(build, { mayDownload: true, onProgress, signal }),
        removeFiles: () => deleteModelFiles(build),
        now: () => performance.now(),
      }),
    [build],
  )
  const state = useSyncExternalStore(download.subscribe, download.getState)
  const size = `${build.files.length === 0 ? 'about ' : ''}${formatBytes(build.downloadBytes)}`
  const { licence } = model
  return (
    <>
      <h1 className="text-xl font-semibold">{model.name}</h1>
      <p className="mt-1 text-ink-2">{model.note}</p>
      <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className="text-ink-3">Download</dt>
        <dd className="num">{size}</dd>
        <dt className="text-ink-3">Languages</dt>
        <dd>{model.languages}</dd>
        <dt className="text-ink-3">Licence</dt>
        <dd>
          {licence.name}
          {': '}
          <button type="button" className="link break-all text-left" onClick={() => openOutside(licence.url)}>
            {licence.url}
          </button>
        </dd>
        <dt className="text-ink-3">From</dt>
        <dd className="break-all">{build.baseUrl}</dd>
      </dl>
      <p className="mt-4 max-w-prose text-ink-2">
        The hub sees that this browser asks for these files, and nothing else. By downloading you accept the licence.
      </p>

      <div className="mt-6" aria-live="polite">
        <Progress state={state} name={model.name} />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {(state.type === 'idle' || state.type === 'paused' || state.type === 'failed') && (
          <Button kind="primary" onClick={() => void download.start()}>
            {state.type === 'idle' ? `Download ${size}` : state.type === 'paused' ? 'Go on' : 'Try again'}
          </Button>
        )}
        {state.type === 'running' && (
          <Button kind="outline" onClick={download.pause}>
            Pause
          </Button>
        )}
        {(state.type === 'running' || state.type === 'paused' || state.type === 'failed') && (
          <Button onClick={() => void download.cancel()}>Cancel and remove</Button>
        )}
        <a href="/#/models" className={buttonClass(state.type === 'done' ? 'primary' : 'plain')}>
          {state.type === 'done' ? 'Back to load it' : 'Back to Longhand'}
        </a>
      </div>
    </>
  )
}

function Progress({ state, name }: { readonly state: DownloadState; readonly name: string }) {
  if (state.type === 'paused') return <p>Paused. The files that are whole are kept; one that was cut is fetched again.</p>
  if (state.type === 'done')
    return <p className="text-good">All files are here and checked. Longhand can load {name} without the network now.</p>
  if (state.type === 'failed') {
    const { title, advice } = failureWords(state.error, navigator.onLine)
    return (
      <div role="alert" className="rounded-md bg-bad-wash px-4 py-3">
        <p className="font-semibold text-bad">{title}</p>
        <p className="mt-1">{advice}</p>
        <p className="mt-2 text-xs break-all text-ink-2">{state.message}</p>
      </div>
    )
  }
  if (state.type !== 'running') return null
  const { progress, bytesPerSecond, secondsLeft } = state
  return (
    <>
      <p className="num">{progress ? progressWords(progress) : 'Asking the hub'}</p>
      <ProgressBar
        label={`Downloading ${name}`}
        fraction={progress && progress.totalBytes > 0 ? progress.doneBytes / progress.totalBytes : undefined}
        className="mt-2"
      />
      {bytesPerSecond !== undefined && (
        <p className="num mt-2 text-ink-2">
          {formatBytes(Math.round(bytesPerSecond))} a second
          {secondsLeft === undefined ? '' : `, about ${formatDuration(secondsLeft)} left`}
        </p>
      )}
    </>
  )
}

function progressWords({ type, doneBytes, totalBytes }: NonNullable<(DownloadState & { type: 'running' })['progress']>): string {
  const bytes = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
  return type === 'verify' ? `Checking what is here: ${bytes}` : bytes
}
