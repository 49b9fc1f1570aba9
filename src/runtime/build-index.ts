import type { Runtime } from './runtime.ts'

const batchSize = 2000

/** Fills the search index from disk, in batches, so that the page stays free while it grows. */
export async function buildIndex(runtime: Runtime): Promise<void> {
  const { storage, retrieval } = runtime.services
  const unsubscribe = storage.chat.observeConversations((conversations) => {
    for (const { id, title } of conversations) void retrieval.setTitle(id, title)
  })
  for await (const batch of storage.chat.scanMessages(batchSize)) await retrieval.add(batch)
  unsubscribe()
}
