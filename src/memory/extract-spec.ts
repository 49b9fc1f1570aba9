import type { MemoryKind } from './memory.ts'

/** What to write from a stretch of conversation, as data: one sentence a line, few of them, and a ceiling. */
export type ExtractSpec = {
  readonly kind: MemoryKind
  readonly instruction: string
  /** The most lines. */
  readonly cap: number
  readonly maxOutputTokens: number
  /** Rounds that one call reads. */
  readonly roundsPerCall: number
}

/**
 * Facts by a model (methods 3.8, skeleton 1; after LongMemEval, paper #10, facts as keys). Without one, `extractByRules`. Plain
 * lines and no columns: where a fact was said is found by its words, and a small model mixes numbers of rounds up.
 */
export const factSpec: ExtractSpec = {
  kind: 'fact',
  instruction:
    'List what the user tells here about themselves: who and what they are, have, like, plan and decided, with names, numbers and dates. ' +
    'In the third person, at most 25 words each, nothing that does not stand there.',
  cap: 8,
  maxOutputTokens: 160,
  roundsPerCall: 4,
}
