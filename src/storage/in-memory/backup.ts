import { type Backup, isDeviceSetting, StorageError } from '#ports/storage.ts'
import type { BackupRow } from '#storage/backup/format.ts'
import { writeBackup } from '#storage/backup/write-backup.ts'
import { shapes, type TableName, tableNames } from '#storage/tables.ts'
import { type MemoryTables, put, remove } from './memory-tables.ts'

/** Backup and restore of the in-memory storage, by the same format. */
export function inMemoryBackup(tables: MemoryTables, now: () => number): Backup {
  let staged: readonly BackupRow[] | undefined

  function included({ table, value }: BackupRow): boolean {
    if (table === 'settings') return !isDeviceSetting(value.name)
    const conversationId = table === 'conversations' ? value.id : 'conversationId' in value ? value.conversationId : undefined
    if (conversationId === undefined || table === 'ops') return true
    const conversation = tables.conversations.get(conversationId)
    return conversation !== undefined && conversation.deletedAt === undefined
  }

  const rowsOf = (table: TableName): BackupRow[] =>
    [...tables[table].values()].map((value) => structuredClone({ table, value }) as BackupRow)

  return {
    write: (onProgress, signal) =>
      writeBackup(
        {
          madeAt: now(),
          async *rows() {
            for (const table of tableNames) yield rowsOf(table).filter(included).sort(byKey)
          },
          damaged: async () => [],
        },
        onProgress,
        signal,
      ),
    async stage(file, onProgress, signal) {
      staged = undefined
      const { readBackup } = await import('#storage/backup/read-backup.ts')
      const rows: BackupRow[] = []
      const summary = await readBackup(file, async (batch) => void rows.push(...batch), onProgress, signal)
      staged = rows
      return summary
    },
    async restoreStaged() {
      if (!staged) throw new StorageError('not-found', 'No checked backup is waiting to be restored.')
      tables.parts.clear()
      for (const table of tableNames) for (const key of [...tables[table].keys()]) remove(tables, table, key)
      for (const { table, value } of staged) put(tables, table, value)
      staged = undefined
    },
    async discardStaged() {
      staged = undefined
    },
  }
}

function byKey(a: BackupRow, b: BackupRow): number {
  return keyOf(a) < keyOf(b) ? -1 : 1
}

function keyOf<Name extends TableName>({ table, value }: Extract<BackupRow, { readonly table: Name }>): string {
  return shapes[table].key(value as never)
}
