import { Dexie } from 'dexie'
import type { Message } from '#chat/message.ts'
import type { ChatRepository } from '#ports/storage.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Damage } from './damage.ts'
import type { Database, Tables } from './database.ts'
import { byTime } from './list-order.ts'
import { observeWrites } from './observe.ts'
import { readPathTail } from './path-tail.ts'
import { conversationIndex, messagesOf } from './rebuild-conversation.ts'
import type { Row } from './row.ts'

type Part = Pick<
  ChatRepository,
  | 'getMessage'
  | 'getMessages'
  | 'messageIds'
  | 'pathTail'
  | 'siblings'
  | 'leafBelow'
  | 'allMessages'
  | 'scanMessages'
  | 'observeMessages'
  | 'observeDamage'
>

const siblingIndex = '[parentKey+createdAt+id]'
/** Steps from child to child before all later messages are read at once instead. */
const stepsOneByOne = 128

function childrenOf(tables: Tables, parentKey: string) {
  return tables
    .of('messages')
    .where(siblingIndex)
    .between([parentKey, Dexie.minKey, Dexie.minKey], [parentKey, Dexie.maxKey, Dexie.maxKey])
}

async function siblings(tables: Tables, damage: Damage, messages: readonly Message[]) {
  const found: Record<MessageId, readonly MessageId[]> = {}
  const read = async ({ id, parentId, conversationId }: Message): Promise<void> => {
    const parentKey = parentId ?? conversationId
    // Most messages are alone: their rows need not be read.
    if ((await childrenOf(tables, parentKey).count()) < 2) return
    const all = damage.check('messages', await childrenOf(tables, parentKey).toArray())
    if (all.length > 1) found[id] = all.map((sibling) => sibling.id)
  }
  await Promise.all(messages.map(read))
  return found
}

/** Reading messages. */
export function messages(database: Database, damage: Damage): Part {
  async function getMessage(id: MessageId): Promise<Message | undefined> {
    const row = await database.read(['messages'], (tables) => tables.of('messages').get(id))
    return row && damage.check('messages', [row])[0]
  }

  async function leafBelow(id: MessageId): Promise<MessageId> {
    return database.read(['messages'], async (tables) => {
      let leaf = id
      for (let step = 0; step < stepsOneByOne; step++) {
        const child = await childrenOf(tables, leaf).last()
        if (!child) return leaf
        leaf = child.id as MessageId
      }
      const start = await tables.of('messages').get(leaf)
      const newestChild = new Map<string, Row>()
      if (start?.conversationId !== undefined)
        for (const row of await messagesOf(tables, start.conversationId).toArray())
          if (row.parentKey !== undefined) newestChild.set(row.parentKey, row)
      // Each parent is left behind once, so that even a damaged chain comes to an end.
      for (let child = newestChild.get(leaf); child; child = newestChild.get(leaf)) {
        newestChild.delete(leaf)
        leaf = child.id as MessageId
      }
      return leaf
    })
  }

  return {
    getMessage,
    leafBelow,

    pathTail: (_conversationId, headId, limit) =>
      database.read(['messages'], (tables) => readPathTail(tables, damage, headId, limit)),

    siblings: (messages) => database.read(['messages'], (tables) => siblings(tables, damage, messages)),

    async getMessages(ids) {
      const rows = await database.read(['messages'], (tables) => tables.of('messages').bulkGet([...ids]))
      return damage.check(
        'messages',
        rows.filter((row) => row !== undefined),
      )
    },

    messageIds: (conversationId) =>
      database.read(['messages'], async (tables) => (await messagesOf(tables, conversationId).primaryKeys()) as MessageId[]),

    async allMessages(conversationId) {
      const rows = await database.read(['messages'], (tables) => messagesOf(tables, conversationId).toArray())
      return damage.check('messages', rows).sort(byTime)
    },

    scanMessages: (batchSize) => scan(database, damage, batchSize),

    observeMessages: (conversationId: ConversationId, callback) =>
      observeWrites(database.name, 'messages', callback, conversationIndex, conversationId),

    observeDamage: damage.observe,
  }
}

/** Every message of conversations that were not deleted at the start, in order of ids; each batch is a transaction of its own. */
async function* scan(database: Database, damage: Damage, batchSize: number): AsyncGenerator<readonly Message[]> {
  const conversationRows = await database.read(['conversations'], (tables) => tables.of('conversations').toArray())
  const deleted = new Set(
    damage.check('conversations', conversationRows).flatMap(({ id, deletedAt }) => (deletedAt === undefined ? [] : [id])),
  )
  for (let last = ''; ; ) {
    const rows = await database.read(['messages'], (tables) =>
      tables.of('messages').where(':id').above(last).limit(batchSize).toArray(),
    )
    const newest = rows.at(-1)
    if (!newest) return
    last = newest.id
    const batch = damage.check('messages', rows).filter(({ conversationId }) => !deleted.has(conversationId))
    if (batch.length > 0) yield batch
  }
}
