import type { ChatRepository } from '#ports/storage.ts'
import { requireConversation } from './conversations.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { mergeImport } from './merge-import.ts'
import { encodeRow } from './row.ts'

/** Adding conversations from elsewhere. `onMessage` hears of it once it is committed. */
export function imports(database: Database, damage: Damage, onMessage: () => void): Pick<ChatRepository, 'importConversations'> {
  return {
    async importConversations(entries) {
      const added = await database.write('strict', ['conversations', 'messages'], async (tables) => {
        const result = { conversations: 0, messages: 0 }
        for (const { conversation, messages } of entries) {
          const row = await tables.of('conversations').get(conversation.id)
          const stored = row && (await requireConversation(damage, tables, conversation.id))
          const ids = [...new Set(messages.flatMap(({ id, parentId }) => (parentId === undefined ? [id] : [id, parentId])))]
          const rows = await tables.of('messages').bulkGet(ids)
          const owners = new Map(rows.flatMap((each) => (each ? [[each.id, each.conversationId] as const] : [])))
          const merged = mergeImport(conversation, messages, {
            conversation: stored,
            conversationOf: (id) => owners.get(id),
          })
          if (!merged) continue
          await tables.of('messages').bulkAdd(merged.messages.map((message) => encodeRow('messages', message)))
          await tables.of('conversations').put(encodeRow('conversations', merged.conversation))
          result.conversations += row ? 0 : 1
          result.messages += merged.messages.length
        }
        return result
      })
      if (added.messages > 0) onMessage()
      return added
    },
  }
}
