import type { Table, Transaction } from 'dexie'
import { StorageError } from '#ports/storage.ts'
import { ballastTable, releaseBallast } from './ballast.ts'
import { type Change, collectChanges } from './changes.ts'
import { type Connections, type Identity, type IdentityRow, type SchemaRow, type SequenceRow, sequenceOfOld } from './connect.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import type { Row } from './row.ts'
import { toStorageError } from './storage-failure.ts'
import type { TableName } from './tables.ts'

/** The tables of a transaction. */
export type Tables = {
  readonly of: (name: TableName) => Table<Row, string>
  readonly raw: <Value, Key>(name: string) => Table<Value, Key>
}

/**
 * What the second copy is told of a transaction: its changes one by one; `all`, that so much changed that only a snapshot
 * can tell; or nothing, since it changed nothing that is to be kept.
 */
export type Told = 'changes' | 'all' | 'nothing'

/** The changes of one committed transaction. Numbers of consecutive commits are consecutive, over all tabs. */
export type Commit = { readonly n: number; readonly generation: number; readonly changes: readonly Change[] }

/** The open database as the repositories use it. Every rejection is a StorageError. */
export type Database = {
  readonly name: string
  readonly now: () => number
  /** For live queries, which need the bare connection. */
  readonly connections: Connections
  readonly fenced: Emitter<void>
  read<Result>(tables: readonly string[], action: (tables: Tables) => PromiseLike<Result>): Promise<Result>
  /**
   * Resolves when the transaction is complete, and, if strict, on the medium and told to the second copy. Aborts when the
   * schema is not this code's.
   */
  write<Result>(
    durability: keyof Connections,
    tables: readonly string[],
    action: (tables: Tables) => PromiseLike<Result>,
    told?: Told,
  ): Promise<Result>
  /** As `write`, and where there is no room left, the ballast is given up for it. */
  writeAlways<Result>(tables: readonly string[], action: (tables: Tables) => PromiseLike<Result>): Promise<Result>
  close(): void
}

/** Waits before an action is tried again after the connection was lost, in milliseconds. */
const backoffMs = [50, 250, 1000]

const tablesOf = (transaction: Pick<Transaction, 'table'>): Tables => ({
  of: (name) => transaction.table(name) as Table<Row, string>,
  raw: (name) => transaction.table(name),
})

/** `onCommit` tells the second copy; it must not reject. */
export function createDatabase(
  name: string,
  connections: Connections,
  identity: Identity,
  now: () => number,
  onCommit: (commit: Commit) => Promise<void> = async () => {},
): Database {
  const fenced = createEmitter<void>()
  let closed = false

  for (const db of Object.values(connections))
    db.on('versionchange', ({ newVersion }) => {
      if (newVersion !== null) fenced.emit()
    })

  async function guarded<Result>(action: () => PromiseLike<Result>): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await action()
      } catch (thrown) {
        const error = toStorageError(thrown)
        if (error.type === 'outdated-tab') fenced.emit()
        const waitMs = backoffMs[attempt]
        if (error.type !== 'connection-lost' || waitMs === undefined || closed) throw error
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        // Reopening by hand: a connection that died is not always reported as closed.
        for (const db of Object.values(connections)) {
          db.close({ disableAutoOpen: false })
          await db.open().catch(() => undefined) // The next attempt meets the same error and reports it.
        }
      }
    }
  }

  /** Also reads how many changes there were before this transaction. */
  async function checkFence(transaction: Transaction): Promise<SequenceRow> {
    const meta = transaction.table<SchemaRow | IdentityRow | SequenceRow | undefined, string>('meta')
    const [schema, self, sequence] = await meta.bulkGet(['schema', 'identity', 'sequence'])
    if (schema?.id === 'schema' && schema.version !== identity.version)
      throw new StorageError(
        'outdated-tab',
        'A newer version of Longhand has upgraded your data. Reload this tab to go on writing.',
      )
    if (self?.id !== 'identity' || self.uuid !== identity.uuid)
      throw new StorageError('wiped', 'The browser has emptied the database while Longhand was open. Reload the page.')
    return sequence?.id === 'sequence' ? sequence : sequenceOfOld
  }

  async function write<Result>(
    durability: keyof Connections,
    tables: readonly string[],
    action: (tables: Tables) => PromiseLike<Result>,
    told: Told = 'changes',
  ): Promise<Result> {
    const { result, commit } = await guarded(() =>
      connections[durability].transaction('rw', ['meta', ...tables], async (transaction) => {
        const sequence = await checkFence(transaction)
        const changes = told === 'changes' ? collectChanges(transaction) : []
        const result = await action(tablesOf(transaction))
        if (changes.length === 0 && told !== 'all') return { result, commit: undefined }
        // Putting back what a copy holds may have moved the numbers on.
        const last: SequenceRow = told === 'all' ? ((await transaction.table('meta').get('sequence')) ?? sequence) : sequence
        const next: SequenceRow = { ...last, n: last.n + 1 }
        await transaction.table('meta').put(next)
        return { result, commit: { n: next.n, generation: next.generation, changes } }
      }),
    )
    // After the commit: what the copy holds was stored. A tab that dies in between leaves a gap in the numbers.
    const telling = commit && commit.changes.length > 0 ? onCommit(commit) : undefined
    if (durability === 'strict') await telling
    return result
  }

  return {
    name,
    now,
    connections,
    fenced,
    read: (tables, action) =>
      guarded(() => connections.relaxed.transaction('r', [...tables], (transaction) => action(tablesOf(transaction)))),
    write,
    async writeAlways(tables, action) {
      try {
        return await write('strict', tables, action)
      } catch (thrown) {
        const error = toStorageError(thrown)
        if (error.type !== 'quota') throw error
        const freed = await write('strict', [ballastTable], releaseBallast)
        if (!freed) throw error
        return write('strict', tables, action)
      }
    },
    close() {
      closed = true
      for (const db of Object.values(connections)) db.close({ disableAutoOpen: true })
    },
  }
}
