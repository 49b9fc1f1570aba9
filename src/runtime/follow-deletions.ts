import type { ConversationId } from '#shared/ids.ts'
import type { Runtime } from './runtime.ts'
import { takeInConversation } from './take-in.ts'

/** What any tab deletes leaves the index of this one, and comes back with it. */
export function followDeletions(runtime: Runtime): void {
  const { storage, retrieval } = runtime.services
  let known: ReadonlySet<ConversationId> = new Set()
  const gone = new Set<ConversationId>()
  storage.chat.observeConversations((conversations) => {
    const now = new Set(conversations.map(({ id }) => id))
    for (const id of known) {
      if (now.has(id)) continue
      gone.add(id)
      retrieval.removeConversation(id).catch(() => {}) // A dead index tells whoever asks it.
    }
    for (const { id, title } of conversations) {
      if (!gone.delete(id)) continue
      Promise.all([takeInConversation(runtime, { id }), retrieval.setTitle(id, title)]).catch(() => {})
    }
    known = now
  })
}
