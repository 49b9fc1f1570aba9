import { type Backup, StorageError } from '#ports/storage.ts'

/** Not there yet: every call says so. */
export function createBackup(): Backup {
  const fail = async (): Promise<never> => {
    throw new StorageError('unavailable', 'Backup is not built yet.')
  }
  return {
    write: () => new ReadableStream({ start: fail }),
    stage: fail,
    restoreStaged: fail,
    discardStaged: fail,
  }
}
