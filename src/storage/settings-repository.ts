import type { SettingsRepository } from '#ports/storage.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { observeQuery } from './observe.ts'
import { encodeRow } from './row.ts'

/** Small JSON values by name, in the database. */
export function settingsRepository(database: Database, damage: Damage): SettingsRepository {
  const readValue = (row: unknown) => (row === undefined ? undefined : damage.check('settings', [row])[0]?.value)
  return {
    get: async (name) => readValue(await database.read(['settings'], (tables) => tables.of('settings').get(name))),

    async set(name, value) {
      await database.write('relaxed', ['settings'], async (tables) => {
        if (value === undefined) await tables.of('settings').delete(name)
        else await tables.of('settings').put(encodeRow('settings', { name, value }))
      })
    },

    observe: (name, callback) =>
      observeQuery(
        async () => database.connections.relaxed.table('settings').get(name),
        (row) => callback(readValue(row)),
      ),
  }
}
