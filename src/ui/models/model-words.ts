import type { LoadProgress } from '#ports/engine.ts'
import type { EngineName } from '#ports/model.ts'
import type { Device, ModelRow } from '#runtime/state.ts'
import { formatBytes, formatCount, formatDuration, formatShare } from '#ui/kit/format.ts'

export const engineWords: Readonly<Record<EngineName, string>> = {
  webllm: 'the GPU',
  wllama: 'the CPU',
  scripted: 'a script, for tests',
}

/** The adapter as the browser names it, or why there is none. */
export function gpuWords(device: Device): string {
  switch (device.gpu) {
    case 'real':
      return device.gpuName ?? 'Yes, unnamed'
    case 'software':
      return 'Software only, too slow for a model'
    case 'none':
      return 'None that this browser offers'
    case 'unknown':
      return 'Not looked at yet'
  }
}

export const onDiskWords: Readonly<Record<ModelRow['onDisk'], string>> = {
  yes: 'On disk',
  partly: 'Partly on disk',
  no: 'Not on disk',
  unknown: 'Not looked for yet',
}

/** What a load is doing, in real bytes; the share is absent where the engine cannot tell. */
export function progressWords(progress: LoadProgress | undefined): { readonly text: string; readonly fraction?: number } {
  if (!progress) return { text: 'Starting' }
  if (progress.type === 'prepare') {
    return progress.fraction === undefined
      ? { text: 'Preparing the device' }
      : { text: `Preparing the device, ${formatShare(progress.fraction)}`, fraction: progress.fraction }
  }
  const fraction = progress.totalBytes > 0 ? progress.doneBytes / progress.totalBytes : 0
  const verb = progress.type === 'download' ? '' : 'Checking '
  return { text: `${verb}${formatBytes(progress.doneBytes)} of ${formatBytes(progress.totalBytes)}`, fraction }
}

/** "18 MB/s · 40 s left"; only what was measured. */
export function paceWords(bytesPerSecond: number | undefined, secondsLeft: number | undefined): string {
  const pace = bytesPerSecond === undefined ? [] : [`${formatBytes(bytesPerSecond)}/s`]
  const left = secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`]
  return [...pace, ...left].join(' · ')
}

/** "135M", "4B". */
export function parameterWords(parameters: number): string {
  return parameters >= 1e9 ? `${Number((parameters / 1e9).toFixed(1))}B` : `${formatCount(parameters / 1e6)}M`
}

/** A window as people say it: "8k", or the plain number where it is no whole thousand. */
export function windowWords(tokens: number): string {
  return tokens % 1024 === 0 ? `${tokens / 1024}k` : formatCount(tokens)
}
