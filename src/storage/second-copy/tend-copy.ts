import type { SequenceRow } from '#storage/connect.ts'
import { sequenceOfOld } from '#storage/connect.ts'
import type { Damage } from '#storage/damage.ts'
import type { Database } from '#storage/database.ts'
import { pause } from '#storage/pause.ts'
import { parseFileName } from './file-names.ts'
import { journalEntries } from './journal.ts'
import { type RecoveredRow, recoveredFrom } from './recovered-row.ts'
import type { CopyParts } from './second-copy.ts'
import { type CheckedRow, writeSnapshot } from './write-snapshot.ts'

/** Journals that are longer or more are replaced by a snapshot when they are looked at: so receipts, which only it holds, are in soon. */
const longBytes = 256 * 1024
const manyJournals = 8
/** Of a journal, read before the page gets its turn. */
const bytesAtOnce = 256 * 1024

type Tending = Omit<CopyParts, 'channel'> & {
  readonly database: Database
  readonly damage: Damage
  /** Resolves when what this tab has committed is in its journal. */
  readonly settled: () => Promise<unknown>
  readonly snapshot: 'always' | 'where-needed'
}

/** Looks whether the copy is complete, and writes a snapshot where that is needed. Rejects where the copy is not complete then. */
export async function tendCopy(
  tending: Tending,
): Promise<{ readonly writtenAt: number; readonly generation: number | undefined }> {
  const { files, alone, database } = tending
  return alone(async () => {
    const found = tending.snapshot === 'always' ? undefined : await lookOver(tending)
    const enough = found?.complete && !found.holdsRemoved && found.bytes <= longBytes && found.journals <= manyJournals
    const written = enough ? undefined : await writeSnapshot(tending)
    for (const folder of await recoveredFrom(database)) await files.removeFolder(folder).catch(() => undefined)
    return { writtenAt: written?.writtenAt ?? found?.writtenAt ?? 0, generation: written?.generation }
  })
}

type Found = {
  readonly complete: boolean
  /** Whether rows that were removed for good may still be read in it. */
  readonly holdsRemoved: boolean
  readonly bytes: number
  readonly journals: number
  readonly writtenAt: number
}

/** Whether the snapshot that was checked is there, and every change since. */
async function lookOver({ files, folder, database, settled }: Tending): Promise<Found> {
  const [sequence, checked] = await database.read(['meta'], (tables) =>
    tables.raw<SequenceRow | CheckedRow | RecoveredRow, string>('meta').bulkGet(['sequence', 'snapshot']),
  )
  await settled()
  const { n: upTo } = sequence?.id === 'sequence' ? sequence : sequenceOfOld
  const base = checked?.id === 'snapshot' ? checked : { n: 0, generation: 0 }
  let there = base.generation === 0
  let writtenAt = 0
  let bytes = 0
  let journals = 0
  let holdsRemoved = false
  const numbers = new Set<number>()
  for (const file of await files.list(folder)) {
    const name = parseFileName(file.name)
    if (name?.type === 'snapshot' && name.generation === base.generation && file.bytes > 0) {
      there = true
      writtenAt = Math.max(writtenAt, file.changedAt)
    }
    if (name?.type !== 'journal') continue
    journals++
    bytes += file.bytes
    // Left by a tab that lived through the last snapshot: what is in it is in the snapshot, or was removed since.
    if (name.generation < base.generation) holdsRemoved = true
    let readAtOnce = 0
    for (const { entry, end } of journalEntries(new Uint8Array(await (await files.read(folder, file.name)).arrayBuffer()))) {
      const { n, at, changes } = entry
      if (end - readAtOnce > bytesAtOnce) {
        readAtOnce = end
        await pause()
      }
      if (n > base.n && n <= upTo) numbers.add(n)
      writtenAt = Math.max(writtenAt, at)
      holdsRemoved ||= changes.some(({ type, table }) => type === 'remove' && table !== 'settings')
    }
  }
  return { complete: there && numbers.size === upTo - base.n, holdsRemoved, bytes, journals, writtenAt }
}
