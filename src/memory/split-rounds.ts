import type { Message } from '#chat/message.ts'

/** A user message and the replies to it. */
export type Round = { readonly messages: readonly Message[] }

/** Cuts a path, oldest first, before every user message: a partition. What comes before the first one is a round too. */
export function splitRounds(path: readonly Message[]): readonly Round[] {
  const rounds: Message[][] = []
  for (const message of path) {
    const last = rounds.at(-1)
    if (message.role === 'user' || !last) rounds.push([message])
    else last.push(message)
  }
  return rounds.map((messages) => ({ messages }))
}
