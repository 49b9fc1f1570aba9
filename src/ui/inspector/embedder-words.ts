import type { EmbedderUse } from '#memory/cue.ts'

const instead = 'Memory was asked by words and single-word meanings alone.'

/** Why the neural embedder had no say in what was recalled. */
export const embedderWords: Readonly<Record<Exclude<EmbedderUse['state'], 'used'>, string>> = {
  late: `The neural model was too late for this message. ${instead}`,
  loading: `The neural model was still loading. ${instead}`,
  failed: `The neural model was not running. ${instead}`,
}
