import { floorRounds } from '#context/budget.ts'
import type { OpenConversation } from '#runtime/state.ts'

/** Whether a summary made now would take anything in: the newest turns always stay as they were said. */
export function hasMoreToSummarize({ messages, complete, summary }: OpenConversation): boolean {
  const upTo = summary?.covers?.upTo
  const end = messages.findIndex(({ id }) => id === upTo)
  if (end === -1 && !complete) return true
  return messages.slice(end + 1).filter(({ role }) => role === 'user').length > floorRounds
}
