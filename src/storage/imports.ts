import { type ChatRepository, StorageError } from '#ports/storage.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { mergeImports } from './merge-import.ts'
import { encodeRow } from './row.ts'

/** Adding conversations from elsewhere. `onMessage` hears of it once it is committed. */
export function imports(database: Database, damage: Damage, onMessage: () => void): Pick<ChatRepository, 'importConversations'> {
  return {
    async importConversations(entries) {
      const conversationIds = [...new Set(entries.map(({ conversation }) => conversation.id))]
      const messageIds = new Set<string>()
      for (const { messages } of entries)
        for (const { id, parentId } of messages) {
          messageIds.add(id)
          if (parentId !== undefined) messageIds.add(parentId)
        }
      const added = await database.write('strict', ['conversations', 'messages'], async (tables) => {
        const rows = (await tables.of('conversations').bulkGet(conversationIds)).flatMap((row) => row ?? [])
        const conversations = new Map(
          damage.check('conversations', rows).map((conversation) => [conversation.id as string, conversation]),
        )
        if (conversations.size < rows.length)
          throw new StorageError('corrupt', 'A conversation was found damaged and is being rebuilt from its messages. Try again.')
        const owners = new Map<string, string | undefined>()
        for (const row of await tables.of('messages').bulkGet([...messageIds])) if (row) owners.set(row.id, row.conversationId)
        const merged = mergeImports(entries, {
          conversation: (id) => conversations.get(id),
          conversationOf: (id) => owners.get(id),
        })
        await tables.of('messages').bulkAdd(merged.messages.map((message) => encodeRow('messages', message)))
        await tables
          .of('conversations')
          .bulkPut(merged.conversations.map((conversation) => encodeRow('conversations', conversation)))
        return { conversations: merged.fresh, messages: merged.messages.length }
      })
      if (added.messages > 0) onMessage()
      return added
    },
  }
}
