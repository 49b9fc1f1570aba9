import { type Backup, type DamagedRow, StorageError } from '#ports/storage.ts'
import type { Damage, QuarantineRow } from '#storage/damage.ts'
import type { Database, Tables } from '#storage/database.ts'
import { dropParts, partTable } from '#storage/part-row.ts'
import { encodeRow, type Row } from '#storage/row.ts'
import { type TableName, tableNames } from '#storage/tables.ts'
import { vectorTable } from '#storage/vector-repository.ts'
import type { BackupRow } from './format.ts'
import { streamLater } from './stream-later.ts'

/** A batch of checked rows that wait to be put in place. */
type StagedRow = {
  readonly seq?: number
  readonly rows: readonly { readonly table: TableName; readonly row: Row }[]
  readonly damaged: readonly DamagedRow[]
}
/** The row of `meta` that says whose rows are staged, so that two tabs cannot mix theirs. */
type StagingRow = { readonly id: 'staging'; readonly by: string }

const allTables = ['staged', 'quarantine', partTable, vectorTable, ...tableNames]

/** A backup whose staged rows can also be added to what is there. */
export type StagedBackup = Backup & {
  /** Puts the staged rows beside the present ones, which stay as they are, and goes on in the same transaction. */
  addStaged(andThen: (tables: Tables) => Promise<void>): Promise<void>
}

/** Backup and restore of the database. `onRestored` hears of new data, and the restored data count once it resolves. */
export function createBackup(
  database: Database,
  damage: Damage,
  newId: () => string,
  onRestored: () => Promise<void>,
): StagedBackup {
  let staging: { readonly by: string; readonly complete: boolean } | undefined

  async function requireMine(tables: Tables, by: string): Promise<void> {
    const row: StagingRow | undefined = await tables.raw<StagingRow, string>('meta').get('staging')
    if (row?.by !== by) throw new StorageError('internal', 'Another tab has begun to check a backup. Choose the file again.')
  }

  async function add(by: string, rows: readonly BackupRow[], damaged: readonly DamagedRow[]): Promise<void> {
    const staged: StagedRow = { rows: rows.map(({ table, value }) => ({ table, row: encodeRow(table, value) })), damaged }
    await database.write('relaxed', ['staged'], async (tables) => {
      await requireMine(tables, by)
      await tables.raw<StagedRow, number>('staged').add(staged)
    })
  }

  async function discardStaged(): Promise<void> {
    const mine = staging?.by
    staging = undefined
    await database.write('relaxed', ['staged'], async (tables) => {
      const row: StagingRow | undefined = await tables.raw<StagingRow, string>('meta').get('staging')
      if (row?.by !== mine) return
      await tables.raw('staged').clear()
      await tables.raw<StagingRow, string>('meta').delete('staging')
    })
  }

  /** Hands every staged batch on and clears the staging area, in one transaction. */
  async function emptyStaging(
    before: (tables: Tables) => Promise<void>,
    take: (tables: Tables, batch: StagedRow) => Promise<void>,
    andThen?: (tables: Tables) => Promise<void>,
  ): Promise<void> {
    if (!staging?.complete) throw new StorageError('not-found', 'No checked backup is waiting to be restored.')
    const { by } = staging
    await database.write(
      'strict',
      allTables,
      async (tables) => {
        await requireMine(tables, by)
        await dropParts(tables)
        await before(tables)
        const batches = tables.raw<StagedRow, number>('staged')
        let last = 0
        for (;;) {
          const batch = await batches.where(':id').above(last).first()
          if (batch?.seq === undefined) break
          last = batch.seq
          await take(tables, batch)
        }
        await batches.clear()
        await tables.raw<StagingRow, string>('meta').delete('staging')
        await andThen?.(tables)
      },
      'all',
    )
    staging = undefined
  }

  return {
    // The shell does without what writes and reads backups.
    write: (onProgress, signal) =>
      streamLater(async () => {
        const [{ writeBackup }, { databaseSource }] = await Promise.all([
          import('./write-backup.ts'),
          import('./database-source.ts'),
        ])
        return writeBackup(databaseSource(database, damage), onProgress, signal)
      }),

    async stage(file, onProgress, signal) {
      const by = newId()
      staging = { by, complete: false }
      await database.write('relaxed', ['staged'], async (tables) => {
        await tables.raw('staged').clear()
        await tables.raw<StagingRow, string>('meta').put({ id: 'staging', by })
      })
      try {
        const { readBackup } = await import('./read-backup.ts')
        const summary = await readBackup(file, (rows, damaged) => add(by, rows, damaged), onProgress, signal)
        staging = { by, complete: true }
        return summary
      } catch (thrown) {
        await discardStaged()
        throw thrown
      }
    },

    async restoreStaged() {
      await emptyStaging(async (tables) => {
        for (const table of tableNames) await tables.of(table).clear()
        await tables.raw('quarantine').clear()
        await tables.raw(vectorTable).clear()
      }, putBatch)
      await onRestored()
    },

    async addStaged(andThen) {
      await emptyStaging(async () => {}, addBatch, andThen)
    },

    discardStaged,
  }
}

async function putBatch(tables: Tables, { rows, damaged }: StagedRow): Promise<void> {
  for (const table of tableNames) {
    const ofTable = rows.flatMap((entry) => (entry.table === table ? [entry.row] : []))
    if (ofTable.length > 0) await tables.of(table).bulkAdd(ofTable)
  }
  await tables.raw<QuarantineRow, [string, string]>('quarantine').bulkPut(damaged.map((row) => ({ ...row })))
}

/** As `putBatch`, but rows that are there stay as they are. */
async function addBatch(tables: Tables, { rows, damaged }: StagedRow): Promise<void> {
  const absent: StagedRow['rows'][number][] = []
  for (const table of tableNames) {
    const ofTable = rows.filter((entry) => entry.table === table)
    if (ofTable.length === 0) continue
    const present = await tables.of(table).bulkGet(ofTable.map(({ row }) => row.id))
    const hashes = table === 'jobs' ? new Set(await tables.of('jobs').orderBy('hash').keys()) : undefined
    absent.push(...ofTable.filter(({ row }, index) => !present[index] && !hashes?.has(row.hash ?? '')))
  }
  await putBatch(tables, { rows: absent, damaged })
}
