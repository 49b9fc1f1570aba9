import type { Message } from '#chat/message.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'

/** The same index; `added` hears of messages once they are in. */
export function tellOfAdded(index: RetrievalIndex, added: (messages: readonly Message[]) => void): RetrievalIndex {
  return {
    ...index,
    async add(messages) {
      await index.add(messages)
      added(messages)
    },
  }
}
