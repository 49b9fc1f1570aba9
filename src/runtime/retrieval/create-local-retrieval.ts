import { createLexicalIndex } from '#memory/lexical-index.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'
import { restorePart } from './restore-part.ts'
import { setWordVectors } from './set-word-vectors.ts'

/** The index in this thread: for Node and tests. */
export function createLocalRetrieval(): RetrievalIndex {
  const index = createLexicalIndex()
  return {
    add: async (messages) => index.add(messages),
    removeConversation: async (id) => index.removeConversation(id),
    setTitle: async (id, title) => index.setTitle(id, title),
    messageCounts: async () => index.messageCounts(),
    lacking: async (ids) => index.lacking(ids),
    restorePart: async (part) => restorePart(index, part),
    nextPart: async (stored, newId) => index.keeper.next(stored, newId),
    retrieve: async (cue) => index.retrieve(cue),
    search: async (text, limit) => index.search(text, limit),
    setWordVectors: (table) => setWordVectors(index, table),
    clearEmbeddings: async () => index.clearEmbeddings(),
    setEmbeddings: async (entries) => index.setEmbeddings(entries),
  }
}
