import { type Recovery, StorageError } from '#ports/storage.ts'
import type { StagedBackup } from './backup/backup.ts'
import { type SequenceRow, sequenceOfOld } from './connect.ts'
import type { Damage } from './damage.ts'
import type { Database } from './database.ts'
import type { CopyFiles } from './second-copy/copy-files.ts'
import { lastNumber } from './second-copy/last-number.ts'
import type { Alone } from './second-copy/open-second-copy.ts'
import type { Sentinel } from './sentinel.ts'
import { toStorageError } from './storage-failure.ts'

type Parts = {
  readonly database: Database
  readonly damage: Damage
  readonly backup: StagedBackup
  readonly sentinel: Sentinel
  readonly uuid: string
  readonly now: () => number
  readonly alone: Alone
  readonly files: CopyFiles | undefined
  /** Folders of the second copy, as they were found at start. */
  readonly folders: readonly string[]
  /** What the user decided when told of a wipe before. */
  readonly decision: 'none' | 'go-on-empty' | { readonly restore: Blob }
}

/**
 * Finds out whether an earlier database was lost, or this one has lost its newest commits, and puts back what its second
 * copy holds. Rejects with `wiped` where nothing can be put back, unless the user has decided what then.
 */
export async function afterWipe(parts: Parts): Promise<Recovery | undefined> {
  const { files, folders, uuid, backup, decision } = parts
  const others = folders.filter((folder) => folder !== uuid)
  if (decision === 'none') {
    const wentBack = folders.includes(uuid) && files !== undefined && (await hasGoneBack(parts.database, files, uuid))
    const recovery = (others.length > 0 || wentBack) && files ? await putBack({ ...parts, files, wentBack }) : undefined
    if (!recovery && parts.sentinel.tellsOfWipe(uuid) && (await commitsOf(parts.database)) === 0)
      throw new StorageError(
        'wiped',
        'The browser has lost the database of Longhand and made an empty one. Restore a backup, or go on without the old data.',
      )
    return recovery
  }
  if (decision !== 'go-on-empty') {
    await backup.stage(decision.restore, () => {}, new AbortController().signal)
    await backup.restoreStaged()
  }
  for (const other of others) await files?.removeFolder(other).catch(() => undefined)
  return undefined
}

async function putBack(parts: Parts & { readonly files: CopyFiles; readonly wentBack: boolean }): Promise<Recovery | undefined> {
  try {
    // Only what is done after a loss needs it.
    const { recover } = await import('./second-copy/recover.ts')
    return await parts.alone(() => recover({ ...parts, folder: parts.uuid }))
  } catch (thrown) {
    const error = toStorageError(thrown)
    // Anything that may go by itself, as a full disk, must not lead to a choice that gives the copy up.
    if (error.type !== 'internal' && error.type !== 'bad-backup') throw error
    throw new StorageError('wiped', `The browser has lost the database of Longhand, and its second copy failed: ${error.message}`)
  }
}

/** A copy that cannot be looked at now tells nothing: the storage opens without. */
async function hasGoneBack(database: Database, files: CopyFiles, folder: string): Promise<boolean> {
  // In this order: another tab may go on writing.
  const last = await lastNumber(files, folder).catch(() => 0)
  return last > (await commitsOf(database))
}

/** How often something was written into it. Into a wiped one nothing was, unless another tab has put everything back. */
async function commitsOf(database: Database): Promise<number> {
  const sequence = await database.read(['meta'], (tables) => tables.raw<SequenceRow, string>('meta').get('sequence'))
  return (sequence ?? sequenceOfOld).n
}
