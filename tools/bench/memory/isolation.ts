import type { WordVectors } from '#memory/word-vectors.ts'
import { ask, ingest } from './ask-product.ts'
import type { History } from './read-sets.ts'

const asked = 20

/**
 * Items from deleted conversations: another history's conversations are taken in, deleted, and everything asked of them again.
 * The number of candidates that come from them must be 0; `found` says how many there were before, so that 0 means something.
 */
export function leaked(own: History, other: History, vectors: WordVectors | undefined): { found: number; leaked: number } {
  const index = ingest({ ...own, conversations: [...own.conversations, ...other.conversations] }, vectors)
  const foreign = new Set(
    other.conversations.map(({ id }) => id).filter((id) => own.conversations.every((mine) => mine.id !== id)),
  )
  const questions = other.questions.slice(0, asked)
  const count = () =>
    questions
      .flatMap((question) => ask(index, question).candidates)
      .filter(({ conversationId }) => conversationId !== undefined && foreign.has(conversationId)).length
  const found = count()
  for (const id of foreign) index.removeConversation(id)
  return { found, leaked: count() }
}
