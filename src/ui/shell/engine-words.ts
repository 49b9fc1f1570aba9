import type { LoadProgress } from '#ports/engine.ts'
import type { EngineState } from '#runtime/state.ts'
import { formatBytes, formatCount, formatDuration, formatShare } from '#ui/kit/format.ts'

/** How much of a load is done, 0 to 1; undefined where it cannot be told. */
export function loadFraction(progress: LoadProgress | undefined): number | undefined {
  if (!progress) return undefined
  if (progress.type === 'prepare') return progress.fraction
  return progress.totalBytes > 0 ? progress.doneBytes / progress.totalBytes : undefined
}

type Loading = Extract<EngineState, { type: 'loading' }>
type LoadInWords = Pick<Loading, 'bytesPerSecond' | 'secondsLeft'> & { readonly progress?: LoadProgress | undefined }

/** What the load is doing, with bytes where there are bytes: "62 of 98 MB · 18 MB/s · 2 s left". */
export function loadWords(engine: LoadInWords): string {
  const { progress } = engine
  if (!progress) return 'Starting'
  if (progress.type === 'prepare') {
    return progress.fraction === undefined ? 'Preparing' : `Preparing · ${formatShare(progress.fraction)}`
  }
  const bytes = `${formatBytes(progress.doneBytes)} of ${formatBytes(progress.totalBytes)}`
  const speed = engine.bytesPerSecond === undefined ? '' : ` · ${formatBytes(engine.bytesPerSecond)}/s`
  const left = engine.secondsLeft === undefined ? '' : ` · ${formatDuration(engine.secondsLeft)} left`
  const repair = progress.type === 'download' && progress.damagedFiles ? 'A file was damaged and is fetched again · ' : ''
  return `${progress.type === 'verify' ? 'Checking ' : repair}${bytes}${speed}${left}`
}

/** What is loaded, and why where nobody asked for it. */
export function loadReason({ again, model }: Pick<Loading, 'again' | 'model'>): string {
  if (!again) return `Loading ${model.name}`
  if (again.fromTokens === undefined) return `${again.problem.title} Loading ${model.name} again`
  return `Not enough memory for a window of ${formatCount(again.fromTokens)} tokens. Loading ${model.name} with ${formatCount(again.windowTokens)}`
}

/** One line about the engine for the foot of the rail. */
export function engineWords(engine: EngineState): string {
  switch (engine.type) {
    case 'none':
      return 'No model loaded'
    case 'loading':
      return `Loading ${engine.model.name} · ${loadShare(engine.progress)}`
    case 'error':
      return `${engine.model.name} stopped`
    case 'waiting':
      return `${engine.model.name} stopped · trying again`
    default:
      if (engine.silent) return `${engine.model.name} does not answer`
      return `${engine.model.name} · ${engine.loaded.runsOn}`
  }
}

function loadShare(progress: LoadProgress | undefined): string {
  const fraction = loadFraction(progress)
  return fraction === undefined ? 'preparing' : formatShare(fraction)
}
