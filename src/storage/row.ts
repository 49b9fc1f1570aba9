import { crc32 } from '#shared/crc32.ts'
import { canonicalJson } from './canonical-json.ts'
import { type Indexes, shapes, type TableName, type Values } from './tables.ts'

/** A stored row: the value as canonical JSON, its check sum, and index fields derived from it. */
export type Row = Indexes & { readonly id: string; readonly body: string; readonly crc: number }

export type Decoded<Value> =
  | { readonly type: 'good'; readonly value: Value }
  /** The body is whole but an index field is wrong: `row` is the row as it should stand. */
  | { readonly type: 'misfiled'; readonly row: Row }
  | { readonly type: 'damaged' }

function checksum(table: TableName, id: string, body: string): number {
  return crc32(`${table}\n${id}\n${body}`)
}

export function encodeRow<Name extends TableName>(table: Name, value: Values[Name]): Row {
  const id = shapes[table].key(value)
  const body = canonicalJson(value)
  return { id, body, crc: checksum(table, id, body), ...shapes[table].indexes(value) }
}

/** Checks a row as it came from the database, where nothing about it is certain. */
export function decodeRow<Name extends TableName>(table: Name, row: unknown): Decoded<Values[Name]> {
  if (!isRow(row) || checksum(table, row.id, row.body) !== row.crc) return { type: 'damaged' }
  // The check sum vouches that this text was written by encodeRow from a value of this table.
  const value = JSON.parse(row.body) as Values[Name]
  const indexes = Object.entries(shapes[table].indexes(value))
  if (indexes.every(([name, expected]) => row[name as keyof Indexes] === expected)) return { type: 'good', value }
  return { type: 'misfiled', row: encodeRow(table, value) }
}

function isRow(row: unknown): row is Row {
  if (typeof row !== 'object' || row === null) return false
  const { id, body, crc } = row as Partial<Row>
  return typeof id === 'string' && typeof body === 'string' && typeof crc === 'number'
}
