import type { TextVector } from './text-vector.ts'
import { createVectorRows, type VectorQuery, type VectorRows } from './vector-rows.ts'

/** Vectors of messages made by a neural embedder, where there is one. They come late, by and by, or not at all. */
export interface MessageEmbeddings {
  set(row: number, vector: TextVector): void
  remove(row: number): void
  /** Lets go of all: those of another embedder are to come, of other dimensions perhaps. */
  clear(): void
  /** What compares a vector with messages; undefined while no message has one. */
  query(vector: TextVector): VectorQuery | undefined
}

export function createMessageEmbeddings(): MessageEmbeddings {
  let rows: VectorRows | undefined
  return {
    set(row, vector) {
      rows ??= createVectorRows(vector.length)
      rows.set(row, vector)
    },
    remove(row) {
      rows?.clear(row)
    },
    clear() {
      rows = undefined
    },
    query: (vector) => rows?.query(vector),
  }
}
