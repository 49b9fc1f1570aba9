import type { Conversation } from '#chat/conversation.ts'
import type { Storage } from '#ports/storage.ts'
import type { Runtime } from './runtime.ts'

const batchSize = 2000
const few = 500

/**
 * Brings the index up to what is stored: conversations that are gone go, messages that it lacks come. Which ones is told by
 * the number of messages that each conversation has, since a stored message is never changed. Resolves to how many came.
 */
export async function takeIn(runtime: Runtime): Promise<number> {
  const { storage, retrieval } = runtime.services
  // In this order: what is written meanwhile is lacking then, and not taken for deleted.
  const counts = await retrieval.messageCounts()
  const conversations = await conversationsNow(storage)
  await Promise.all(conversations.map(({ id, title }) => retrieval.setTitle(id, title)))
  const living = new Set(conversations.map(({ id }) => id))
  for (const id of counts.keys()) if (!living.has(id)) await retrieval.removeConversation(id)
  const behind = conversations.filter(({ id, messageCount }) => (counts.get(id) ?? 0) !== messageCount)
  const total = conversations.reduce((sum, { messageCount }) => sum + messageCount, 0)
  const lacking = behind.reduce((sum, { id, messageCount }) => sum + Math.abs(messageCount - (counts.get(id) ?? 0)), 0)
  if (2 * lacking > total) return takeInAll(runtime)
  let added = 0
  for (const conversation of behind) {
    // More than there are: messages were lost to damage, and must not be found.
    if ((counts.get(conversation.id) ?? 0) > conversation.messageCount) await retrieval.removeConversation(conversation.id)
    added += await takeInConversation(runtime, conversation)
  }
  return added
}

/** The conversations that are not deleted. */
function conversationsNow({ chat }: Pick<Storage, 'chat'>): Promise<readonly Conversation[]> {
  return new Promise((resolve) => {
    const unsubscribe = chat.observeConversations((conversations) => {
      resolve(conversations)
      queueMicrotask(() => unsubscribe())
    })
  })
}

/** The messages of one conversation that the index lacks, read in batches; resolves to how many these were. */
export async function takeInConversation({ services }: Runtime, { id }: Pick<Conversation, 'id'>): Promise<number> {
  const { storage, retrieval } = services
  const lacking = await retrieval.lacking(await storage.chat.messageIds(id))
  for (let from = 0; from < lacking.length; from += few)
    await retrieval.add(await storage.chat.getMessages(lacking.slice(from, from + few)))
  return lacking.length
}

async function takeInAll({ services: { storage, retrieval } }: Runtime): Promise<number> {
  let adding: Promise<void> = Promise.resolve()
  let added = 0
  for await (const batch of storage.chat.scanMessages(batchSize)) {
    await adding
    // The next batch is read while the worker takes this one in.
    adding = retrieval.add(batch)
    adding.catch(() => {}) // Reading may fail first; whoever awaits it below hears of this one.
    added += batch.length
  }
  await adding
  return added
}
