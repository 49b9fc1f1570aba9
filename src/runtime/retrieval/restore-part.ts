import type { LexicalIndex } from '#memory/lexical-index.ts'
import { PackError } from '#memory/pack-columns.ts'
import type { RestoredPart, StoredPart } from '#ports/retrieval.ts'

/** Takes a stored part into the index, or tells why it cannot be used. */
export function restorePart(index: LexicalIndex, part: StoredPart): RestoredPart {
  try {
    return { type: 'restored', messages: index.keeper.restore(part) }
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return { type: 'refused', reason: error.type === 'other-version' ? 'old' : 'damaged', detail: error.message }
  }
}
