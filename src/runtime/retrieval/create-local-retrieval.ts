import { createLexicalIndex } from '#memory/lexical-index.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'
import { setWordVectors } from './set-word-vectors.ts'

/** The index in this thread: for Node and tests. */
export function createLocalRetrieval(): RetrievalIndex {
  const index = createLexicalIndex()
  return {
    add: async (messages) => index.add(messages),
    removeConversation: async (id) => index.removeConversation(id),
    setTitle: async (id, title) => index.setTitle(id, title),
    retrieve: async (cue) => index.retrieve(cue),
    search: async (text, limit) => index.search(text, limit),
    setWordVectors: (table) => setWordVectors(index, table),
  }
}
