import { Dexie } from 'dexie'
import type { Conversation } from '#chat/conversation.ts'
import type { Tables } from './database.ts'
import { decodeRow, encodeRow } from './row.ts'

export const conversationIndex = '[conversationId+createdAt+id]'

/** The index range of all messages of a conversation, oldest first. */
export function messagesOf(tables: Pick<Tables, 'of'>, conversationId: string) {
  return tables
    .of('messages')
    .where(conversationIndex)
    .between([conversationId, Dexie.minKey, Dexie.minKey], [conversationId, Dexie.maxKey, Dexie.maxKey])
}

/**
 * Makes a conversation's row agree with its messages after damage: its count and head, or the whole row where it was lost.
 * What cannot be known falls to the careful side: memory is off.
 */
export async function rebuildConversation(tables: Tables, conversationId: string): Promise<void> {
  const rows = await messagesOf(tables, conversationId).toArray()
  const messages = rows.flatMap((row) => {
    const decoded = decodeRow('messages', row)
    return decoded.type === 'good' ? [decoded.value] : []
  })
  const [first, last] = [messages[0], messages.at(-1)]
  const stored = decodeRow('conversations', await tables.of('conversations').get(conversationId))
  if (stored.type === 'good') {
    const { headId, ...rest } = stored.value
    const head = messages.find(({ id }) => id === headId) ?? last
    const mended: Conversation = { ...rest, messageCount: messages.length, ...(head ? { headId: head.id } : {}) }
    await tables.of('conversations').put(encodeRow('conversations', mended))
  } else if (first && last) {
    const rebuilt: Conversation = {
      id: first.conversationId,
      title: 'Recovered conversation',
      titledBy: 'rule',
      createdAt: first.createdAt,
      updatedAt: last.createdAt,
      pinned: false,
      headId: last.id,
      memory: false,
      messageCount: messages.length,
    }
    await tables.of('conversations').put(encodeRow('conversations', rebuilt))
  }
}
