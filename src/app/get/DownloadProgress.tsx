import type { FileProgress } from '#engine/model-files/file-progress.ts'
import { formatBytes, formatDuration } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import type { DownloadState } from './create-download.ts'
import { FileList } from './FileList.tsx'
import { failureWords } from './failure-words.ts'

/** Where a download stands, in bytes, and what went wrong on the way. */
export function DownloadProgress({ state, name }: { readonly state: DownloadState; readonly name: string }) {
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
  return state.type === 'running' ? <Running state={state} name={name} /> : null
}

type RunningState = Extract<DownloadState, { type: 'running' }>

function Running({ state, name }: { readonly state: RunningState; readonly name: string }) {
  const { progress, bytesPerSecond, secondsLeft, files } = state
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
      {files
        .map(troubleWords)
        .filter(Boolean)
        .map((words) => (
          <p key={words} className="mt-2 text-sm text-warn">
            {words}
          </p>
        ))}
      {files.length > 0 && <FileList files={files} />}
    </>
  )
}

/** What is said of a file without being asked. */
function troubleWords({ name, state }: FileProgress): string {
  if (state.type === 'retrying')
    return `${name} broke off (${state.reason}). It is tried again in ${formatDuration(state.waitMs / 1000)}.`
  return state.type === 'damaged' ? `${name} was damaged. It was thrown away and is fetched again.` : ''
}

function progressWords({ type, doneBytes, totalBytes }: NonNullable<RunningState['progress']>): string {
  const bytes = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
  return type === 'verify' ? `Checking what is here: ${bytes}` : bytes
}
