import { v4 } from 'uuid'
import type { Storage } from '#ports/storage.ts'
import { afterWipe } from './after-wipe.ts'
import { createBackup } from './backup/backup.ts'
import { layBallast } from './ballast.ts'
import { connect, type IndexedDbSource } from './connect.ts'
import { conversations } from './conversations.ts'
import { createDamage } from './damage.ts'
import { createDatabase } from './database.ts'
import { imports } from './imports.ts'
import { indexParts } from './index-parts.ts'
import { jobRepository } from './job-repository.ts'
import { enterTab, type Locks } from './living-tabs.ts'
import { memoryRepository } from './memory-repository.ts'
import { messages } from './messages.ts'
import { type Migration, migrations as releasedMigrations } from './migrations.ts'
import { replies } from './replies.ts'
import type { CopyFiles } from './second-copy/copy-files.ts'
import { oneAtATime, openSecondCopy } from './second-copy/open-second-copy.ts'
import { opfsFiles } from './second-copy/opfs-files.ts'
import { browserPlace, createSentinel, type SentinelPlace } from './sentinel.ts'
import { settingsRepository } from './settings-repository.ts'
import { toStorageError } from './storage-failure.ts'
import { vectorRepository } from './vector-repository.ts'

export type StorageOptions = IndexedDbSource & {
  /** The database's name; tests use one each. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Go on with an empty database although an earlier one with data has vanished. Without it `openStorage` rejects with `wiped`. */
  readonly acceptWipe?: boolean
  /** A backup to put in place of the data that have vanished; the wipe is accepted only once it is restored. */
  readonly restoreAfterWipe?: Blob
  /** Room kept so that the user's last message always fits. */
  readonly ballastBytes?: number
  /** The platform's own where absent. */
  readonly locks?: Locks
  readonly sentinelPlace?: SentinelPlace
  readonly migrations?: readonly Migration[]
  /** Where the second copy is kept: the origin's private file system unless a test brings another place, or wants none. */
  readonly copyFiles?: CopyFiles | 'none'
  /** Milliseconds after the start until the second copy is looked at. */
  readonly tendCopyAfterMs?: number
}

const defaultBallastBytes = 5 * 1024 * 1024
const defaultTendAfterMs = 5000

/** Opens the database, making or upgrading it where needed. Rejects with a StorageError: `wiped`, `blocked`, `unavailable`, … */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { name, now, migrations = releasedMigrations } = options
  const locks = options.locks ?? globalThis.navigator?.locks
  const sentinel = createSentinel(name, options.sentinelPlace ?? browserPlace())
  const files = options.copyFiles === 'none' ? undefined : (options.copyFiles ?? opfsFiles(name))
  const opening = [connect(name, migrations, v4, options), foldersOf(files), enterTab(name, v4(), locks)] as const
  const [{ connections, identity }, folders, tab] = await Promise.all(opening).catch((thrown) => {
    throw toStorageError(thrown)
  })
  const { uuid } = identity
  const alone = oneAtATime(name, locks)
  const copy = openSecondCopy(name, folders && uuid !== '' ? files : undefined, { folder: uuid, tab: tab.id, now, alone })
  const database = createDatabase(name, connections, identity, now, copy.append)
  const close = () => {
    copy.close()
    tab.leave()
    database.close()
  }
  try {
    const damage = createDamage(database)
    const holdsData = () => sentinel.mark(uuid, true)
    const backup = createBackup(database, damage, v4, () => {
      holdsData()
      return copy.renew()
    })
    copy.tend(database, damage, options.tendCopyAfterMs ?? defaultTendAfterMs)
    const decision = options.restoreAfterWipe
      ? { restore: options.restoreAfterWipe }
      : options.acceptWipe
        ? 'go-on-empty'
        : 'none'
    const recovery = await afterWipe({
      database,
      damage,
      backup,
      sentinel,
      uuid,
      now,
      alone,
      files,
      folders: folders ?? [],
      decision,
    })
    sentinel.mark(uuid, recovery !== undefined)
    const ballastBytes = options.ballastBytes ?? defaultBallastBytes
    if (ballastBytes > 0) void layBallast(database, ballastBytes)
    return {
      chat: {
        ...conversations(database, damage),
        ...messages(database, damage),
        ...replies(database, damage, tab, holdsData),
        ...imports(database, damage, holdsData),
      },
      memory: memoryRepository(database, damage),
      jobs: jobRepository(database, damage),
      settings: settingsRepository(database, damage),
      indexParts: indexParts(database, damage),
      vectors: vectorRepository(database),
      backup,
      secondCopy: { ...(recovery ? { recovery } : {}), observe: copy.observe, renew: copy.renew },
      observeFence: database.fenced.subscribe,
      close,
    }
  } catch (thrown) {
    close()
    throw toStorageError(thrown)
  }
}

/** The folders of the second copy; undefined where the browser has no place for one, or does not let us in. */
async function foldersOf(files: CopyFiles | undefined): Promise<readonly string[] | undefined> {
  return files?.folders().catch(() => undefined)
}
