import type { StoredPart } from '#ports/retrieval.ts'
import type { Tables } from './database.ts'

/** The table of the search index's parts, which is no table of user data. */
export const partTable = 'indexParts'
export type PartRow = StoredPart

/** Whether a row is a part, as far as can be told without reading its bytes; those have a checksum of their own. */
export function isStoredPart(row: unknown): row is StoredPart {
  if (typeof row !== 'object' || row === null) return false
  const { id, order, conversationIds, bytes } = row as Partial<StoredPart>
  return typeof id === 'string' && typeof order === 'number' && Array.isArray(conversationIds) && bytes instanceof Uint8Array
}

/** Removes every part that holds something of the conversation. */
export async function dropPartsOf(tables: Tables, conversationId: string): Promise<void> {
  await tables.raw<PartRow, string>(partTable).where('conversationIds').equals(conversationId).delete()
}

/** Removes all parts. */
export async function dropParts(tables: Tables): Promise<void> {
  await tables.raw(partTable).clear()
}
