import type { Conversation } from '#chat/conversation.ts'
import type { ChatRepository } from '#ports/storage.ts'
import { StorageError } from '#ports/storage.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Damage, QuarantineRow } from './damage.ts'
import type { Database, Tables } from './database.ts'
import { inListOrder } from './list-order.ts'
import { observeTable } from './observe.ts'
import { dropPartsOf, partTable } from './part-row.ts'
import { messagesOf } from './rebuild-conversation.ts'
import { encodeRow, type Row } from './row.ts'
import { vectorsOf, vectorTable } from './vector-repository.ts'

type Part = Pick<
  ChatRepository,
  | 'observeConversations'
  | 'getConversation'
  | 'createConversation'
  | 'updateConversation'
  | 'restoreConversation'
  | 'purgeConversation'
  | 'listDeleted'
>

/** The conversation inside a transaction; `not-found` where there is none. */
export async function requireConversation(damage: Damage, tables: Tables, id: ConversationId): Promise<Conversation> {
  const row = await tables.of('conversations').get(id)
  const [conversation] = row === undefined ? [] : damage.check('conversations', [row])
  if (conversation) return conversation
  if (row === undefined) throw new StorageError('not-found', 'This conversation is not stored here any more.')
  throw new StorageError('corrupt', 'This conversation was found damaged and is being rebuilt from its messages. Try again.')
}

/** Checks and parses rows; of those that are as they were the last time the value is known. */
function remembering(damage: Damage): (rows: readonly Row[]) => readonly Conversation[] {
  let known = new Map<string, { readonly row: Row; readonly conversation: Conversation }>()
  return (rows) => {
    const next: typeof known = new Map()
    for (const row of rows) {
      const before = known.get(row.id)
      const same = before && before.row.body === row.body && before.row.crc === row.crc
      const conversation = same ? before.conversation : damage.check('conversations', [row])[0]
      if (conversation) next.set(row.id, { row, conversation })
    }
    known = next
    return [...next.values()].map(({ conversation }) => conversation)
  }
}

/** The conversations of a ChatRepository. */
export function conversations(database: Database, damage: Damage): Part {
  async function change(id: ConversationId, apply: (conversation: Conversation) => Conversation): Promise<void> {
    await database.write('strict', ['conversations'], async (tables) => {
      const conversation = await requireConversation(damage, tables, id)
      await tables.of('conversations').put(encodeRow('conversations', apply(conversation)))
    })
  }

  return {
    observeConversations(callback) {
      const read = remembering(damage)
      return observeTable(
        database.name,
        'conversations',
        async () => database.connections.relaxed.table<Row>('conversations').toArray(),
        (rows) => callback(inListOrder(read(rows))),
      )
    },

    async getConversation(id) {
      const row = await database.read(['conversations'], (tables) => tables.of('conversations').get(id))
      return row && damage.check('conversations', [row])[0]
    },

    async createConversation(conversation) {
      if (conversation.temporary) throw new Error('Longhand bug: a temporary conversation is never stored')
      await database.write('strict', ['conversations'], async (tables) => {
        if (await tables.of('conversations').get(conversation.id))
          throw new StorageError('internal', `A conversation ${conversation.id} is stored already.`)
        await tables.of('conversations').add(encodeRow('conversations', conversation))
      })
    },

    updateConversation: (id, part) => change(id, (conversation) => ({ ...conversation, ...part })),

    restoreConversation: (id) => change(id, ({ deletedAt: _, ...conversation }) => conversation),

    async purgeConversation(id) {
      const all = ['conversations', 'messages', 'manifests', 'drafts', 'quarantine', partTable, vectorTable]
      await database.write('strict', all, async (tables) => {
        await dropPartsOf(tables, id)
        await messagesOf(tables, id).delete()
        await vectorsOf(tables).where('conversationId').equals(id).delete()
        await tables.of('manifests').where('conversationId').equals(id).delete()
        await tables.of('drafts').where('conversationId').equals(id).delete()
        await tables.raw<QuarantineRow, [string, string]>('quarantine').where('conversationId').equals(id).delete()
        await tables.of('conversations').delete(id)
      })
    },

    async listDeleted(before) {
      const rows = await database.read(['conversations'], (tables) => tables.of('conversations').toArray())
      return damage.check('conversations', rows).filter(({ deletedAt }) => deletedAt !== undefined && deletedAt <= before)
    },
  }
}
