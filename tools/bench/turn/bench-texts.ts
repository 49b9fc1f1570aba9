import type { ConversationId } from '#shared/ids.ts'

/** The conversation in which turns are measured; its id sorts before those of the others. */
export const longConversation: ConversationId = 'conv:long'

const subjects = 'harbour garden orchestra ledger bicycle lantern museum recipe glacier festival compiler violin'.split(' ')
const verbs = 'opened painted counted repaired described measured planted forgot translated carried'.split(' ')
const word = (list: readonly string[], seed: number) => list[seed % list.length] ?? ''

export const sentence = (n: number) =>
  `On day ${n % 997} the ${word(subjects, n)} ${word(verbs, n >> 3)} ${n % 89} of the ${word(subjects, n >> 5)}s near the ${word(subjects, n >> 7)} of house ${n}.`

/** The n-th message: some 300 characters, no two alike. */
export const textOf = (n: number) => `${sentence(n)} ${sentence(n * 7 + 3)} ${sentence(n * 13 + 5)} ${sentence(n * 29 + 11)}`

/** A question whose words many messages hold. */
export const question = (n: number) =>
  `What happened with the ${word(subjects, n)} near the ${word(subjects, n >> 2)} of house ${n * 911}?`
