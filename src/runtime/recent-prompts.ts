import type { Manifest } from '#context/manifest.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Runtime } from './runtime.ts'

/** Prompts that are told of, and how far back in how many conversations they are looked for. */
const most = 5
const newestConversations = 5
const tail = 2 * most

/** The receipts of the newest replies, of one conversation or of all, newest first; those without a receipt are passed over. */
export async function recentPrompts(
  { services, store }: Runtime,
  conversationId: ConversationId | undefined,
): Promise<readonly Manifest[]> {
  const { chat } = services.storage
  const conversations = store
    .getState()
    .conversations.filter(({ id, example }) => (conversationId === undefined ? !example : id === conversationId))
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, newestConversations)
  const replies = await Promise.all(
    conversations.map(async ({ id, headId }) => {
      const { messages } = headId ? await chat.pathTail(id, headId, tail) : { messages: [] }
      return messages.filter(({ role, modelId }) => role === 'assistant' && modelId !== undefined)
    }),
  )
  const newest = replies
    .flat()
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, most)
  const read = await Promise.all(newest.map(({ id }) => chat.getManifest(id)))
  return read.filter((manifest) => manifest !== undefined)
}
