import type { DBCore, DBCoreMutateRequest, Middleware, Transaction } from 'dexie'
import { isDeviceSetting } from '#ports/storage.ts'
import type { Row } from './row.ts'
import type { TableName } from './tables.ts'

/** What a transaction did to one row: `body` is the row as canonical JSON. */
export type Change =
  | { readonly type: 'put'; readonly table: TableName; readonly body: string }
  | { readonly type: 'remove'; readonly table: TableName; readonly key: string }

/** The tables whose changes are told; the others can be done without, or are kept by snapshots alone. */
export const journaledTables = ['conversations', 'messages', 'ops', 'settings'] as const satisfies readonly TableName[]

const collected = new WeakMap<object, Change[]>()

/** From now on the transaction notes what it does to journaled tables, in the list that is returned. */
export function collectChanges({ idbtrans }: Transaction): readonly Change[] {
  const changes: Change[] = []
  collected.set(idbtrans, changes)
  return changes
}

/** Sees every write of a connection below the repositories, so that none of them can forget to tell of a change. */
export const changeCollector: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'longhand-changes',
  create: (core) => ({
    ...core,
    table(name) {
      const table = core.table(name)
      const journaled = journaledTables.find((each) => each === name)
      if (!journaled) return table
      return {
        ...table,
        mutate(request) {
          collected.get(request.trans)?.push(...changesOf(journaled, request))
          return table.mutate(request)
        },
      }
    },
  }),
}

/** What belongs to this device alone is in no copy. */
const isTold = (table: TableName, key: string) => table !== 'settings' || !isDeviceSetting(key)

function changesOf(table: TableName, request: DBCoreMutateRequest): readonly Change[] {
  switch (request.type) {
    case 'add':
    case 'put':
      return (request.values as readonly Row[])
        .filter(({ id }) => isTold(table, id))
        .map(({ body }) => ({ type: 'put', table, body }))
    case 'delete':
      return (request.keys as readonly string[])
        .filter((key) => isTold(table, key))
        .map((key) => ({ type: 'remove', table, key }))
    case 'deleteRange':
      throw new Error(`Longhand bug: rows of ${table} are removed without their keys, which cannot be told`)
  }
}
