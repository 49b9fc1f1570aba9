import type { JobRepository } from '#ports/storage.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import { encodeRow } from './row.ts'

/** The queue of work after replies, in the database. */
export function jobRepository(database: Database, damage: Damage): JobRepository {
  return {
    async enqueue(job) {
      await database.write('relaxed', ['jobs'], async (tables) => {
        if (await tables.of('jobs').where('hash').equals(job.hash).first()) return
        await tables.of('jobs').add(encodeRow('jobs', job))
      })
    },

    async list() {
      const rows = await database.read(['jobs'], (tables) => tables.of('jobs').orderBy('[createdAt+id]').toArray())
      return damage.check('jobs', rows)
    },

    async recordAttempt(id) {
      await database.write('relaxed', ['jobs'], async (tables) => {
        const row = await tables.of('jobs').get(id)
        const [job] = row === undefined ? [] : damage.check('jobs', [row])
        if (job) await tables.of('jobs').put(encodeRow('jobs', { ...job, attempts: job.attempts + 1 }))
      })
    },

    remove: (id) => database.write('relaxed', ['jobs'], (tables) => tables.of('jobs').delete(id)),
  }
}
