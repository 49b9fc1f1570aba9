import type { ChatBatch } from '#ports/chat-importer.ts'
import type { Runtime } from './runtime.ts'

/** Gives the search index what `importConversations` stored. */
export async function indexImported({ services }: Runtime, conversations: ChatBatch['conversations']): Promise<void> {
  await Promise.all([
    services.retrieval.add(conversations.flatMap(({ messages }) => messages)),
    ...conversations.map(({ conversation: { id, title } }) => services.retrieval.setTitle(id, title)),
  ])
}
