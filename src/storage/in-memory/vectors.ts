import type { VectorRepository } from '#ports/storage.ts'
import type { MemoryTables } from './memory-tables.ts'

/** Vectors of messages, as long as their messages are there. */
export function inMemoryVectors({ messages, vectors: kept }: Pick<MemoryTables, 'messages' | 'vectors'>): VectorRepository {
  return {
    async put(embedder, vectors) {
      for (const entry of vectors) if (messages.has(entry.id)) kept.set(entry.id, { ...structuredClone(entry), embedder })
    },
    async get(embedder, ids) {
      return ids.flatMap((id) => {
        const entry = kept.get(id)
        if (entry?.embedder !== embedder) return []
        const { conversationId, vector } = entry
        return [structuredClone({ id, conversationId, vector })]
      })
    },
    async removeOthers(embedder) {
      for (const entry of kept.values()) if (entry.embedder !== embedder) kept.delete(entry.id)
    },
  }
}
