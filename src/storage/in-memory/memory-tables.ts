import type { StoredPart } from '#ports/retrieval.ts'
import type { StoredVector } from '#ports/storage.ts'
import { canonicalJson } from '#storage/canonical-json.ts'
import { createEmitter, type Emitter } from '#storage/emitter.ts'
import { shapes, type TableName, type Values } from '#storage/tables.ts'

/** What the in-memory storage holds, and who wants to hear of changes. */
type Maps = { readonly [Name in TableName]: Map<string, Values[Name]> }
export type MemoryTables = Maps & {
  readonly parts: Map<string, StoredPart>
  readonly changed: Emitter<TableName>
  /** Derived of messages, and gone with them. */
  readonly vectors: Map<string, StoredVector & { readonly embedder: string }>
}

export function createMemoryTables(): MemoryTables {
  return {
    conversations: new Map(),
    messages: new Map(),
    manifests: new Map(),
    drafts: new Map(),
    ops: new Map(),
    jobs: new Map(),
    settings: new Map(),
    parts: new Map(),
    changed: createEmitter<TableName>(),
    vectors: new Map(),
  }
}

/**
 * Stores a copy by way of JSON, as the database does: later changes of the caller's object do not reach it, and what JSON cannot
 * tell apart, such as -0 and 0, is one value here too. Tells of it once the caller is done.
 */
export function put<Name extends TableName>(tables: MemoryTables, table: Name, value: Values[Name]): void {
  const maps: Maps = tables
  maps[table].set(shapes[table].key(value), JSON.parse(canonicalJson(value)))
  queueMicrotask(() => tables.changed.emit(table))
}

export function remove(tables: MemoryTables, table: TableName, key: string): void {
  if (table === 'messages') tables.vectors.delete(key)
  if (tables[table].delete(key)) queueMicrotask(() => tables.changed.emit(table))
}
