import type { Conversation } from '#chat/conversation.ts'
import type { Memory } from '#memory/memory.ts'
import type { Runtime } from '#runtime/runtime.ts'
import type { ConversationId, MemoryId } from '#shared/ids.ts'

/** What memory may bring into a prompt of this conversation: an example has its own alone, and all others have none of it. */
export function memoriesFor({ memories, store }: Runtime, { id, example }: Conversation): ReadonlyMap<MemoryId, Memory> {
  const examples = new Set(store.getState().conversations.flatMap((one) => (one.example ? [one.id] : [])))
  if (!example && examples.size === 0) return memories
  const isOwn = (from: ConversationId | undefined) => (example ? from === id : from === undefined || !examples.has(from))
  return new Map([...memories].filter(([, memory]) => isOwn(memory.conversationId ?? memory.evidence[0]?.conversationId)))
}
