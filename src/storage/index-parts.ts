import type { IndexPartRepository } from '#ports/storage.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { isStoredPart, type PartRow, partTable } from './part-row.ts'

/** The stored parts of the search index. */
export function indexParts(database: Database, damage: Damage): IndexPartRepository {
  return {
    list: () => database.read([partTable], (tables) => tables.raw<PartRow, string>(partTable).orderBy('order').primaryKeys()),

    async get(id) {
      const row: unknown = await database.read([partTable], (tables) => tables.raw<PartRow, string>(partTable).get(id))
      return isStoredPart(row) ? row : undefined
    },

    change: ({ remove, add }) =>
      database.write(
        'relaxed',
        [partTable, 'conversations'],
        async (tables) => {
          const parts = tables.raw<PartRow, string>(partTable)
          await parts.bulkDelete([...remove])
          if (!add) return []
          // In the transaction that stores the part: no deletion comes in between.
          const rows = await tables.of('conversations').bulkGet([...add.conversationIds])
          const living = damage
            .check(
              'conversations',
              rows.filter((row) => row !== undefined),
            )
            .filter((each) => !each.deletedAt)
          const known = new Set<ConversationId>(living.map(({ id }) => id))
          const gone = add.conversationIds.filter((id) => !known.has(id))
          if (gone.length === 0) await parts.put(add)
          return gone
        },
        'nothing',
      ),
  }
}
