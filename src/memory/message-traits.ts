import type { Message } from '#chat/message.ts'

/** What a message is besides its words. */
export type MessageTraits = {
  /** The user speaks of themselves. */
  readonly statement: boolean
  /** It holds a number, in digits or in words. */
  readonly number: boolean
  /** The user says how they want things in general: "always …", "from now on …", "I prefer …". */
  readonly standing: boolean
}

const firstPerson = /\b(?:I|my|mine|we|our)\b/i
const number = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|twice|couple|several)\b/i
const standing =
  /\b(?:always|never|whenever|every time|each time|from now on|going forward|in future|make sure (?:to|you|that)|be sure to|i prefer|i['’]?d prefer|i(?:['’]d| would)? like (?:you to|it when)|please (?:always|include|use|remember|keep))\b/i

/** Reads the traits of a message by rules, English only. */
export function messageTraits({ role, text }: Pick<Message, 'role' | 'text'>): MessageTraits {
  const byUser = role === 'user'
  return { statement: byUser && firstPerson.test(text), number: number.test(text), standing: byUser && standing.test(text) }
}
