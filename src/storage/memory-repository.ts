import type { MemoryRepository } from '#ports/storage.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { observeWrites } from './observe.ts'
import { encodeRow } from './row.ts'

/** The log of memory in the database. */
export function memoryRepository(database: Database, damage: Damage): MemoryRepository {
  return {
    async append(ops) {
      if (ops.length === 0) return
      await database.write('strict', ['ops'], async (tables) => {
        const table = tables.of('ops')
        const present = new Set(
          await table
            .where(':id')
            .anyOf(ops.map(({ id }) => id))
            .primaryKeys(),
        )
        const fresh = new Map<string, ReturnType<typeof encodeRow>>()
        for (const op of ops) if (!present.has(op.id) && !fresh.has(op.id)) fresh.set(op.id, encodeRow('ops', op))
        await table.bulkAdd([...fresh.values()])
      })
    },

    async all() {
      const rows = await database.read(['ops'], (tables) => tables.of('ops').orderBy('[at+id]').toArray())
      return damage.check('ops', rows)
    },

    observe: (callback) => observeWrites(database.name, 'ops', callback),
  }
}
