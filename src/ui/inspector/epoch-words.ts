import type { EpochReason, Manifest } from '#context/manifest.ts'

const reasons: Readonly<Record<EpochReason, string>> = {
  'first-turn': 'it is the first turn',
  pressure: 'the window was nearly full',
  pause: 'there was a long pause',
  topic: 'the subject changed',
  'memory-edited': 'memory was edited',
  'model-changed': 'the model was changed',
  'settings-changed': 'settings were changed',
  'branch-changed': 'the branch was changed',
}

/** Why the prompt begins as it does: a fresh head with its reason, or the prompt before it continued. */
export function epochWords(epoch: Manifest['epoch']): string {
  const cause = reasons[epoch.reason]
  if (epoch.turn === 1) return `Laid anew, since ${cause}.`
  return `Continues the prompt before it: turn ${epoch.turn} under a head laid when ${cause}.`
}
