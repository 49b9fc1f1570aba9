import type { DamagedRow } from '#ports/storage.ts'
import { type TableName, tableNames, type Values } from '#storage/tables.ts'

/*
 * A backup is text, one JSON object a line, gzipped:
 *   {"crc":"…","line":1,"format":"longhand.backup","version":1,"madeAt":1763900000000}
 *   {"crc":"…","line":2,"table":"conversations","row":{…}}
 *   …
 *   {"crc":"…","line":n,"counts":{"conversations":1,…},"digest":"…"}
 * `crc` is the CRC-32 of the line's bytes after it. Tables stand in the order of `backupTables`, rows in the order of
 * their keys. `digest` is over all bytes before the last line (digest.ts).
 */

export const backupFormat = 'longhand.backup'
export const backupVersion = 1

/** The tables of a backup in their order. `damaged` names rows that were lost, so that others may still refer to them. */
export const backupTables = [...tableNames, 'damaged'] as const
export type BackupTable = TableName | 'damaged'

export type BackupRow = { readonly [Name in TableName]: { readonly table: Name; readonly value: Values[Name] } }[TableName]

export type Counts = { readonly [Name in BackupTable]: number }

export function noCounts(): { [Name in BackupTable]: number } {
  return { conversations: 0, messages: 0, manifests: 0, drafts: 0, ops: 0, jobs: 0, settings: 0, damaged: 0 }
}

export function damagedKey({ table, key }: DamagedRow): string {
  return `${table} ${key}`
}
