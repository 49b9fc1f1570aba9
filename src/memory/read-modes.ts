/** How a reply is to be produced. Exactly one holds for a turn. */
export type ReadMode =
  | 'direct'
  | 'notes-first'
  | 'cite'
  | 'quote'
  | 'recollect'
  | 'two-call'
  | 'plan-write'
  | 'clarify'
  | 'abstain'

type ModeData = {
  /** Added to the instructions; empty adds nothing. */
  readonly instructions: string
  /** Calls of the model before the one whose words are shown. */
  readonly callsBefore: number
  /** Recalled lines and the summary stand in the prompt with their numbers, which cost tokens: the reply is to name them. */
  readonly numbered: boolean
  /** Which of two modes wins where strategies differ. */
  readonly priority: number
}

/** The reading modes as data (methods 2.A, 2.C and 3.8). What a model makes of them is read by `readReply`, which fails closed. */
export const readModes: Readonly<Record<ReadMode, ModeData>> = {
  direct: { instructions: '', callsBefore: 0, numbered: false, priority: 0 },
  // LongMemEval (paper #10), section 5.5: chain of note in one call.
  'notes-first': {
    instructions:
      'Before you answer, write under the line "Notes:" what the recalled items and the summary say that bears on the question, each with the day that it stands under; then write the line "Answer:" and answer from those notes.',
    callsBefore: 0,
    numbered: false,
    priority: 3,
  },
  // Reasoning with Attributions (paper #9): chain of citation and chain of quote.
  cite: {
    instructions: 'Recalled lines and the summary have numbers. After each sentence that uses one, write its number, as [R1].',
    callsBefore: 0,
    numbered: true,
    priority: 2,
  },
  quote: {
    instructions:
      'Recalled lines and the summary have numbers. Where you use one, quote its words in quotation marks and write its number after them, as "…" [R1].',
    callsBefore: 0,
    numbered: true,
    priority: 4,
  },
  // S3-DST (paper #51): pre-analytical recollection.
  recollect: {
    instructions:
      'Begin with the line "So far:" and one sentence on what this conversation was about until now; then answer on a new line.',
    callsBefore: 0,
    numbered: false,
    priority: 1,
  },
  'two-call': {
    instructions:
      'Write only the lines of what was recalled that bear on the question, each with its [R] number; write "none" if there are none.',
    callsBefore: 1,
    numbered: true,
    priority: 5,
  },
  'plan-write': {
    instructions: 'Write a plan and nothing else: one line for each part, as "number | what it says | words".',
    callsBefore: 1,
    numbered: false,
    priority: 6,
  },
  clarify: {
    instructions:
      'If the question leaves out something without which no good answer is possible, ask for it in one short question instead of answering.',
    callsBefore: 0,
    numbered: false,
    priority: 1,
  },
  abstain: {
    instructions: 'If the answer stands neither in this conversation nor in what was recalled, say that you do not know it.',
    callsBefore: 0,
    numbered: false,
    priority: 1,
  },
}
