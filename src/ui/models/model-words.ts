import type { EngineName, Model } from '#ports/model.ts'
import type { Device, ModelRow } from '#runtime/state.ts'
import { formatCount } from '#ui/kit/format.ts'

/** Engines as people know them. */
export const engineNames: Readonly<Record<EngineName, string>> = {
  webllm: 'the GPU',
  wllama: 'the CPU',
  remote: 'a server outside this page',
  browser: 'the browser’s own model',
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

/** "135M", "4B". */
export function parameterWords(parameters: number): string {
  return parameters >= 1e9 ? `${Number((parameters / 1e9).toFixed(1))}B` : `${formatCount(parameters / 1e6)}M`
}

/** How a model that can think in writing does it here. */
export const thinkingWords: Readonly<Record<NonNullable<Model['thinking']>, string>> = {
  off: 'It can think in writing first; Settings turn that on.',
  always: 'What it thinks is shown with the reply.',
}

/** Why tokens shown before a reply are estimates, of a file of the user's own. */
export const countsDifferWords = ({ tokenizerUrl }: Model): string =>
  tokenizerUrl === ''
    ? 'This page does not know its tokenizer: tokens shown before a reply are estimates by length, and the engine counts the true ones.'
    : 'This page counts its tokens otherwise than the engine does: those shown before a reply are estimates, and the engine counts the true ones.'
