import { Dexie, type DexieOptions } from 'dexie'
import { StorageError } from '#ports/storage.ts'
import { changeCollector } from './changes.ts'
import type { Migration } from './migrations.ts'

/** Where IndexedDB comes from: the browser's own unless a test brings another. */
export type IndexedDbSource = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>

/** The row of `meta` that says which schema the database has: the fence that every write looks at. */
export type SchemaRow = { readonly id: 'schema'; readonly version: number }
/** The row of `meta` that tells this database from one made anew after a silent wipe. */
export type IdentityRow = { readonly id: 'identity'; readonly uuid: string }

/**
 * The row of `meta` that counts the changes told to the second copy. `generation` says which journal they go to: it grows
 * with every snapshot. Databases made before there was a second copy lack the row; what they hold counts as one change.
 */
export type SequenceRow = { readonly id: 'sequence'; readonly n: number; readonly generation: number }
export const sequenceOfOld: SequenceRow = { id: 'sequence', n: 1, generation: 0 }

/** Two connections to one database: `relaxed` hands a commit to the system, `strict` waits until it is on the medium. */
export type Connections = { readonly relaxed: Dexie; readonly strict: Dexie }

/** What every writing transaction must find: the schema that this code knows, and the database that it opened. */
export type Identity = { readonly version: number; readonly uuid: string }

const blockedAfterMs = 8000

/** Declares and opens one connection, bringing the database to the newest schema. */
async function openOne(
  name: string,
  durability: 'relaxed' | 'strict',
  migrations: readonly Migration[],
  newUuid: () => string,
  source: IndexedDbSource,
): Promise<Dexie> {
  const db = new Dexie(name, { ...source, chromeTransactionDurability: durability, cache: 'disabled' })
  db.use(changeCollector)
  for (const { version, stores, upgrade } of migrations)
    db.version(version)
      .stores({ ...stores })
      .upgrade(async (transaction) => {
        await upgrade?.(transaction)
        await transaction.table('meta').put({ id: 'schema', version } satisfies SchemaRow)
      })
  db.on('populate', async (transaction) => {
    const version = migrations.at(-1)?.version ?? 0
    await transaction.table('meta').put({ id: 'schema', version } satisfies SchemaRow)
    await transaction.table('meta').put({ id: 'identity', uuid: newUuid() } satisfies IdentityRow)
    await transaction.table('meta').put({ id: 'sequence', n: 0, generation: 0 } satisfies SequenceRow)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const blocked = new Promise<never>((_, reject) => {
    db.on('blocked', () => {
      timer ??= setTimeout(() => {
        const text = 'Another tab still holds an older version of Longhand open. Close the other tabs, then reload this one.'
        reject(new StorageError('blocked', text))
      }, blockedAfterMs)
    })
  })
  try {
    await Promise.race([db.open(), blocked])
  } catch (thrown) {
    db.close({ disableAutoOpen: true })
    throw thrown
  } finally {
    clearTimeout(timer)
  }
  return db
}

/** Opens both connections, one after the other (the first brings the schema up to date), and tells which database it is. */
export async function connect(
  name: string,
  migrations: readonly Migration[],
  newUuid: () => string,
  source: IndexedDbSource,
): Promise<{ readonly connections: Connections; readonly identity: Identity }> {
  // Live queries ask this global whether there is an IndexedDB at all, even where one was given.
  if (source.indexedDB) Dexie.dependencies.indexedDB ??= source.indexedDB as IDBFactory
  const strict = await openOne(name, 'strict', migrations, newUuid, source)
  const relaxed = await openOne(name, 'relaxed', migrations, newUuid, source)
  const row: IdentityRow | undefined = await strict.table('meta').get('identity')
  return { connections: { strict, relaxed }, identity: { version: migrations.at(-1)?.version ?? 0, uuid: row?.uuid ?? '' } }
}
