import type { Manifest } from '#context/manifest.ts'
import { formatCount } from '#ui/kit/format.ts'
import { measured } from '#ui/kit/window-bar/window-segments.ts'

const who: Readonly<Record<string, string>> = { remote: 'The server', browser: 'The browser' }

/** Whether the engine counted the prompt as we did (rule C6): a difference is said, never hidden. */
export type CountAgreement = { readonly type: 'agrees' | 'differs' | 'not-reported'; readonly text: string }

export function countAgreement(manifest: Manifest): CountAgreement {
  const actual = measured(manifest)
  if (!actual) return { type: 'not-reported', text: 'the model has not reported its count' }
  if (manifest.model.tokenizerId === 'estimate') {
    const [told, guessed] = [formatCount(actual.inputTokens), formatCount(manifest.predicted.inputTokens)]
    return {
      type: 'differs',
      text: `${who[manifest.model.engine] ?? 'The engine'} counted ${told} tokens. Those of the sections below are estimates by length and add up to ${guessed}.`,
    }
  }
  const difference = actual.inputTokens - manifest.predicted.inputTokens
  if (difference === 0) return { type: 'agrees', text: 'counted by the model' }
  const size = formatCount(Math.abs(difference))
  const predicted = formatCount(manifest.predicted.inputTokens)
  return {
    type: 'differs',
    text: `The model counted ${size} ${Math.abs(difference) === 1 ? 'token' : 'tokens'} ${difference > 0 ? 'more' : 'fewer'} than the ${predicted} predicted. The sections below add up to the prediction.`,
  }
}
