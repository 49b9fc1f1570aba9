import type { Table } from 'dexie'
import type { StoredVector, VectorRepository } from '#ports/storage.ts'
import type { Database, Tables } from './database.ts'

export const vectorTable = 'vectors'
type VectorRow = StoredVector & { readonly embedder: string }

export const vectorsOf = (tables: Tables): Table<VectorRow, string> => tables.raw(vectorTable)

/** Derived rows, kept as they are: without a check sum, since a wrong bit in one only moves a score a little. */
export function vectorRepository(database: Database): VectorRepository {
  return {
    async put(embedder, vectors) {
      await database.write('relaxed', [vectorTable, 'messages'], async (tables) => {
        const ids = vectors.map(({ id }) => id)
        const stored = new Set<string>(await tables.of('messages').where(':id').anyOf(ids).primaryKeys())
        const rows = vectors.filter(({ id }) => stored.has(id))
        await vectorsOf(tables).bulkPut(rows.map((row) => ({ ...row, embedder })))
      })
    },
    async get(embedder, ids) {
      const rows = await database.read([vectorTable], (tables) => vectorsOf(tables).bulkGet([...ids]))
      return rows.flatMap((row) =>
        row?.embedder === embedder && row.vector instanceof Int8Array
          ? [{ id: row.id, conversationId: row.conversationId, vector: row.vector }]
          : [],
      )
    },
    async removeOthers(embedder) {
      await database.write('relaxed', [vectorTable], async (tables) => {
        if (embedder === undefined) await vectorsOf(tables).clear()
        else
          await vectorsOf(tables)
            .filter((row) => row.embedder !== embedder)
            .delete()
      })
    },
  }
}
