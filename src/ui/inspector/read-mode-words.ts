import type { ReadMode } from '#memory/read-modes.ts'

/** How a reply was asked for, where not directly. */
export const readModeWords: Readonly<Record<Exclude<ReadMode, 'direct'>, string>> = {
  'notes-first': 'The reply was asked to write notes before its answer.',
  cite: 'The reply was asked to name what it draws on by number.',
  quote: 'The reply was asked to quote what it draws on, with its number.',
  recollect: 'The reply was asked to begin with what the conversation was about.',
  'two-call': 'The lines that bear on the question were asked for before the reply.',
  'plan-write': 'A plan was asked for before the reply.',
  clarify: 'The reply was asked to ask back where the question leaves something out.',
  abstain: 'The reply was asked to say what it does not know.',
}
