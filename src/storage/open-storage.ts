import { v4 } from 'uuid'
import { type Storage, StorageError } from '#ports/storage.ts'
import { createBackup } from './backup/backup.ts'
import { layBallast } from './ballast.ts'
import { connect, type IndexedDbSource } from './connect.ts'
import { conversations } from './conversations.ts'
import { createDamage } from './damage.ts'
import { createDatabase } from './database.ts'
import { jobRepository } from './job-repository.ts'
import { enterTab, type Locks } from './living-tabs.ts'
import { memoryRepository } from './memory-repository.ts'
import { messages } from './messages.ts'
import { type Migration, migrations as releasedMigrations } from './migrations.ts'
import { replies } from './replies.ts'
import { browserPlace, createSentinel, type SentinelPlace } from './sentinel.ts'
import { settingsRepository } from './settings-repository.ts'
import { toStorageError } from './storage-failure.ts'

export type StorageOptions = IndexedDbSource & {
  /** The database's name; tests use one each. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Go on with an empty database although an earlier one with data has vanished. Without it `openStorage` rejects with `wiped`. */
  readonly acceptWipe?: boolean
  /** Room kept so that the user's last message always fits. */
  readonly ballastBytes?: number
  /** The platform's own where absent. */
  readonly locks?: Locks
  readonly sentinelPlace?: SentinelPlace
  readonly migrations?: readonly Migration[]
}

const defaultBallastBytes = 5 * 1024 * 1024

/** Opens the database, making or upgrading it where needed. Rejects with a StorageError: `wiped`, `blocked`, `unavailable`, … */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { name, now, migrations = releasedMigrations } = options
  const locks = options.locks ?? globalThis.navigator?.locks
  const sentinel = createSentinel(name, options.sentinelPlace ?? browserPlace())
  const { connections, identity } = await connect(name, migrations, v4, options).catch((thrown) => {
    throw toStorageError(thrown)
  })
  const database = createDatabase(name, connections, identity, now)
  try {
    const { uuid } = identity
    if (sentinel.tellsOfWipe(uuid) && !options.acceptWipe)
      throw new StorageError(
        'wiped',
        'The browser has lost the database of Longhand and made an empty one. Restore a backup, or go on without the old data.',
      )
    sentinel.mark(uuid, false)
    const tab = await enterTab(name, v4(), locks)
    const damage = createDamage(database)
    const ballastBytes = options.ballastBytes ?? defaultBallastBytes
    if (ballastBytes > 0) void layBallast(database, ballastBytes)
    const holdsData = () => sentinel.mark(uuid, true)
    return {
      chat: {
        ...conversations(database, damage),
        ...messages(database, damage),
        ...replies(database, damage, tab, holdsData),
      },
      memory: memoryRepository(database, damage),
      jobs: jobRepository(database, damage),
      settings: settingsRepository(database, damage),
      backup: createBackup(database, damage, v4, holdsData),
      observeFence: database.fenced.subscribe,
      close() {
        tab.leave()
        database.close()
      },
    }
  } catch (thrown) {
    database.close()
    throw toStorageError(thrown)
  }
}
