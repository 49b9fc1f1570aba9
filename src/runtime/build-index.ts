import type { Runtime } from './runtime.ts'

const batchSize = 2000

/** Fills the search index from disk, in batches, so that the page stays free while it grows. */
export async function buildIndex(runtime: Runtime): Promise<void> {
  const { storage, retrieval } = runtime.services
  const unsubscribe = storage.chat.observeConversations((conversations) => {
    for (const { id, title } of conversations) void retrieval.setTitle(id, title)
  })
  let adding: Promise<void> = Promise.resolve()
  for await (const batch of storage.chat.scanMessages(batchSize)) {
    await adding
    // The next batch is read while the worker takes this one in.
    adding = retrieval.add(batch)
    adding.catch(() => {}) // Reading may fail first; whoever awaits it below hears of this one.
  }
  await adding
  unsubscribe()
}
