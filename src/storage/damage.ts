import type { DamagedRow, Unsubscribe } from '#ports/storage.ts'
import type { Database, Tables } from './database.ts'
import { observeQuery } from './observe.ts'
import { dropParts, dropPartsOf, partTable } from './part-row.ts'
import { rebuildConversation } from './rebuild-conversation.ts'
import { decodeRow } from './row.ts'
import { toStorageError } from './storage-failure.ts'
import { type TableName, tableNames, type Values } from './tables.ts'

/** A row set aside, as it was found; `row` is absent where a row that others refer to was not there at all. */
export type QuarantineRow = DamagedRow & { readonly conversationId?: string; readonly row?: unknown }

/** Finds damaged rows on reading and moves them out of the way. */
export type Damage = {
  /** The good values of rows as read. Damaged rows are left out, set aside soon after, and reported. */
  readonly check: <Name extends TableName>(table: Name, rows: readonly unknown[]) => Values[Name][]
  /** A row that another one refers to is not there. */
  readonly reportMissing: (table: TableName, key: string) => void
  readonly observe: (callback: (damaged: readonly DamagedRow[]) => void) => Unsubscribe
  /** Resolves when all damage found so far is set aside. */
  readonly settled: () => Promise<void>
}

type Finding = { readonly table: TableName; readonly key: string | undefined; readonly missing?: true }

export function createDamage(database: Database): Damage {
  let findings: Finding[] = []
  let running: Promise<void> = Promise.resolve()

  function report(finding: Finding): void {
    findings.push(finding)
    if (findings.length > 1) return
    // After the reading transaction, which must not write; a timer also leaves Dexie's transaction zone.
    running = new Promise((resolve) => setTimeout(resolve, 0)).then(async () => {
      const batch = findings
      findings = []
      try {
        // Nothing is told: the second copy may hold whole what is damaged here.
        await database.write(
          'strict',
          ['quarantine', partTable, ...tableNames],
          (tables) => setAside(database, tables, batch),
          'nothing',
        )
      } catch (thrown) {
        // The rows stay where they are and are found again by the next read; only a bug is worth more noise.
        if (toStorageError(thrown).type === 'internal') throw thrown
      }
    })
  }

  return {
    check(table, rows) {
      const good: Values[typeof table][] = []
      for (const row of rows) {
        const decoded = decodeRow(table, row)
        if (decoded.type === 'good') good.push(decoded.value)
        else report({ table, key: (row as { id?: string } | undefined)?.id })
      }
      return good
    },
    reportMissing: (table, key) => report({ table, key, missing: true }),
    observe(callback) {
      let quiet = true
      return observeQuery(
        async () => database.connections.relaxed.table<QuarantineRow>('quarantine').toArray(),
        (rows) => {
          if (quiet && rows.length === 0) return
          quiet = false
          callback(rows.map(({ table, key, foundAt }) => ({ table, key, foundAt })))
        },
      )
    },
    settled: () => running,
  }
}

async function setAside(database: Database, tables: Tables, findings: readonly Finding[]): Promise<void> {
  for (const { table, key, missing } of findings) {
    const found = typeof key === 'string' ? await tables.of(table).get(key) : undefined
    if (missing) {
      if (found === undefined && key !== undefined) await quarantine(database, tables, table, key, undefined)
    } else if (typeof key === 'string' && found !== undefined) await treat(database, tables, table, key, found)
    // The row does not even know its own key: look at every row of the table with the key that the database has for it.
    else
      for (const rowKey of await tables.of(table).toCollection().primaryKeys())
        await treat(database, tables, table, rowKey, await tables.of(table).get(rowKey))
  }
}

/** Looks at the row again, inside the writing transaction: mends a wrong index, moves a damaged row. */
async function treat(database: Database, tables: Tables, table: TableName, key: string, found: unknown): Promise<void> {
  const decoded = decodeRow(table, found)
  if (decoded.type === 'good' && (found as { id: string }).id === key) return
  if (decoded.type === 'misfiled') {
    await tables.of(table).put(decoded.row)
    return
  }
  await tables.of(table).delete(key)
  await quarantine(database, tables, table, key, found)
}

async function quarantine(database: Database, tables: Tables, table: TableName, key: string, found: unknown): Promise<void> {
  const claimed = (found as { conversationId?: unknown } | undefined)?.conversationId
  const conversationId = table === 'conversations' ? key : typeof claimed === 'string' ? claimed : undefined
  await tables.raw<QuarantineRow, [string, string]>('quarantine').put({
    table,
    key,
    foundAt: database.now(),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(found === undefined ? {} : { row: found }),
  })
  if (conversationId !== undefined && (table === 'conversations' || table === 'messages')) {
    await rebuildConversation(tables, conversationId)
    await dropPartsOf(tables, conversationId)
  } else if (table === 'messages') await dropParts(tables)
}
