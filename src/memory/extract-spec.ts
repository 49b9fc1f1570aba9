import type { MemoryKind } from './memory.ts'

/** A column of a line that a model writes. */
export type Field = { readonly name: 'round' | 'about' | 'text' | 'date'; readonly optional?: true }

/** What to write from a stretch of conversation, as data: one flat line each, few of them, and a ceiling. */
export type ExtractSpec = {
  readonly kind: MemoryKind
  readonly instruction: string
  readonly fields: readonly Field[]
  /** The most lines. */
  readonly cap: number
  readonly maxOutputTokens: number
  /** Rounds that one call reads. */
  readonly roundsPerCall: number
}

/** Facts by a model (methods 3.8, skeleton 1; after LongMemEval, paper #10, facts as keys). Without one, `extractByRules`. */
export const factSpec: ExtractSpec = {
  kind: 'fact',
  instruction:
    'List what these rounds establish about the user: who and what they are, have, like, plan and decided, with names, numbers and dates. ' +
    'In the third person, at most 25 words each, nothing that does not stand there.',
  fields: [{ name: 'round' }, { name: 'about' }, { name: 'text' }, { name: 'date', optional: true }],
  cap: 8,
  maxOutputTokens: 160,
  roundsPerCall: 4,
}
