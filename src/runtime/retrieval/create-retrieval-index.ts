import { createLexicalIndex } from '#memory/lexical-index.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'
import { connectRetrieval } from './connect-retrieval.ts'

/** The index in a worker of its own, so that building and asking it never holds up the page. */
export function createRetrievalWorker(): RetrievalIndex & { dispose(): void } {
  return connectRetrieval(new Worker(new URL('./retrieval.worker.ts', import.meta.url), { type: 'module', name: 'retrieval' }))
}

/** The index in this thread: for Node and tests. */
export function createLocalRetrieval(): RetrievalIndex {
  const index = createLexicalIndex()
  return {
    add: async (messages) => index.add(messages),
    removeConversation: async (id) => index.removeConversation(id),
    setTitle: async (id, title) => index.setTitle(id, title),
    retrieve: async (cue) => index.retrieve(cue),
    search: async (text, limit) => index.search(text, limit),
  }
}
