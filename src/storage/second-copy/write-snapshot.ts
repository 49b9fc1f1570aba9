import { databaseSource } from '#storage/backup/database-source.ts'
import { readBackup } from '#storage/backup/read-backup.ts'
import { writeBackup } from '#storage/backup/write-backup.ts'
import { type SequenceRow, sequenceOfOld } from '#storage/connect.ts'
import type { Damage } from '#storage/damage.ts'
import type { Database } from '#storage/database.ts'
import { parseFileName, snapshotName } from './file-names.ts'
import type { CopyParts } from './second-copy.ts'

/** The row of `meta` that says which snapshot was read back and found whole. */
export type CheckedRow = { readonly id: 'snapshot'; readonly generation: number; readonly n: number }

type Parts = Pick<CopyParts, 'files' | 'folder' | 'now'> & { readonly database: Database; readonly damage: Damage }

/**
 * Begins a generation, writes all there is into its snapshot, reads it back, and removes what is older. Changes committed
 * meanwhile may be in it or not; they are in the journals of this generation as well, and putting them back twice does no harm.
 */
export async function writeSnapshot(parts: Parts): Promise<{ readonly writtenAt: number; readonly generation: number }> {
  const { files, folder, database, damage, now } = parts
  const { n, generation } = await beginGeneration(database)
  const name = snapshotName(generation, n)
  const writtenAt = now()
  const never = new AbortController().signal
  const quiet = () => {}
  try {
    const stream = writeBackup(databaseSource(database, damage, 'with'), quiet, never)
    for await (const chunk of stream as ReadableStream<Uint8Array<ArrayBuffer>>) await files.append(folder, name, chunk)
    await files.release(folder, name)
    await readBackup(await files.read(folder, name), async () => {}, quiet, never)
  } catch (thrown) {
    await files.release(folder, name).catch(() => undefined)
    await files.remove(folder, name).catch(() => undefined)
    throw thrown
  }
  await database.write(
    'strict',
    [],
    (tables) => tables.raw<CheckedRow, string>('meta').put({ id: 'snapshot', generation, n }),
    'nothing',
  )
  for (const file of await files.list(folder)) {
    const older = parseFileName(file.name)
    // A journal that another tab holds open stays: that tab removes it when it hears of the new generation.
    if (!older || older.generation < generation) await files.remove(folder, file.name).catch(() => undefined)
  }
  return { writtenAt, generation }
}

function beginGeneration(database: Database): Promise<SequenceRow> {
  return database.write(
    'strict',
    [],
    async (tables) => {
      const meta = tables.raw<SequenceRow, string>('meta')
      const before = (await meta.get('sequence')) ?? sequenceOfOld
      const next: SequenceRow = { ...before, generation: before.generation + 1 }
      await meta.put(next)
      return next
    },
    'nothing',
  )
}
