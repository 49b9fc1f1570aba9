import type { EpochReason, Manifest } from '#context/manifest.ts'

const reasons: Readonly<Record<Exclude<EpochReason, 'first-turn'>, string>> = {
  pressure: 'the window was nearly full',
  pause: 'there was a long pause',
  topic: 'the subject changed',
  'memory-edited': 'memory was edited',
  'model-changed': 'the model was changed',
  'settings-changed': 'settings were changed',
  'branch-changed': 'the branch was changed',
  'profile-changed': 'the kind of memory was changed',
  'plan-changed': 'you changed what goes into the prompt',
}

/** Why the prompt begins as it does: a fresh head with its reason, or the prompt before it continued. */
export function epochWords(epoch: Manifest['epoch']): string {
  if (epoch.reason === 'first-turn')
    return epoch.turn === 1
      ? 'The first turn of its conversation.'
      : `Continues the prompt before it: turn ${epoch.turn} since the conversation began.`
  const cause = reasons[epoch.reason]
  if (epoch.turn === 1) return `Laid anew, since ${cause}.`
  return `Continues the prompt before it: turn ${epoch.turn} under a head laid when ${cause}.`
}
