import type { OpenConversation } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'

/** The turn that each message of the open conversation belongs to, as the numbers in its margin; empty where unknown. */
export function turnNumbers(open: OpenConversation | undefined): ReadonlyMap<MessageId, number> {
  if (!open) return new Map()
  const known = numbered.get(open)
  if (known) return known
  const turns = number(open)
  numbered.set(open, turns)
  return turns
}

/** Every link of a receipt asks; the state is never changed in place. */
const numbered = new WeakMap<OpenConversation, ReadonlyMap<MessageId, number>>()

function number(open: OpenConversation): ReadonlyMap<MessageId, number> {
  const turns = new Map<MessageId, number>()
  if (open.firstTurn === undefined) return turns
  let turn = open.firstTurn - 1
  for (const message of open.messages) {
    if (message.role === 'user') turn++
    turns.set(message.id, turn)
  }
  return turns
}
