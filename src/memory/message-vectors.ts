import { type Word, words } from '#shared/text-words.ts'
import type { PartVectors } from './index-part.ts'
import type { TextVector } from './text-vector.ts'
import { createVectorRows, type VectorQuery, type VectorRows } from './vector-rows.ts'
import type { WordVectors } from './word-vectors.ts'

/** Vectors of the messages of a table. There are none until word vectors are there, which come late or not at all. */
export interface MessageVectors {
  /**
   * Messages added from now on get a vector at once, earlier ones by `fill`. `table` is the checksum of the table that the
   * word vectors come from, where vectors are to be stored and taken from parts.
   */
  setWords(vectors: WordVectors, table?: number): void
  /** Gives the next earlier messages theirs, about so many characters of text; false when none is left. */
  fill(characters: number): boolean
  add(row: number, found: readonly Word[]): void
  /** The row's vector lies in a part: `fill` takes it from there, if it was made of the table that words have by then. */
  addStored(row: number, part: PartVectors | undefined, place: number): void
  remove(row: number): void
  /** What compares a text with messages; undefined where it has no vector, or while there are no word vectors. */
  query(text: string): VectorQuery | undefined
  /** The word vectors, once they are there. */
  readonly words: WordVectors | undefined
  /** The checksum of the table, once every message has the vector that its words give; else undefined. */
  readonly table: number | undefined
  /** Vectors of rows as a part keeps them; undefined while `table` is. */
  partOf(rows: readonly number[]): PartVectors | undefined
}

/** What a vector that is taken over costs, in characters of text. */
const takenOver = 20

type Stored = { readonly part: PartVectors; readonly place: number }

/** @param textOf the text of a row, undefined where there is no such message any more */
export function createMessageVectors(textOf: (row: number) => string | undefined, rowCount: () => number): MessageVectors {
  let used: WordVectors | undefined
  let table: number | undefined
  let rows: VectorRows | undefined
  const stored = new Map<number, Stored>()
  let next = 0
  let end = 0

  function add(row: number, found: readonly Word[]): void {
    const vector = used?.vectorOf(found)
    if (vector) rows?.set(row, vector)
  }

  /** Whether the row's vector could be taken from its part. */
  function takeOver(row: number): boolean {
    const known = stored.get(row)
    stored.delete(row)
    if (!known || known.part.table !== table || known.part.dimensions !== used?.dimensions) return false
    const { part, place } = known
    if (part.has[place] === 1)
      rows?.set(row, part.values.subarray(place * part.dimensions, (place + 1) * part.dimensions) as TextVector)
    return true
  }

  return {
    get words() {
      return used
    },
    get table() {
      return next < end ? undefined : table
    },
    setWords(vectors, from) {
      used = vectors
      table = from
      rows = createVectorRows(vectors.dimensions)
      next = 0
      end = rowCount()
    },
    fill(characters) {
      for (let left = characters; next < end && left > 0; next++) {
        if (takeOver(next)) {
          left -= takenOver
          continue
        }
        const text = textOf(next)
        if (text === undefined) continue
        add(next, words(text))
        left -= text.length
      }
      return next < end
    },
    add,
    addStored(row, part, place) {
      if (part) stored.set(row, { part, place })
      if (!used) return
      if (takeOver(row)) return
      const text = textOf(row)
      if (text !== undefined) add(row, words(text))
    },
    remove(row) {
      stored.delete(row)
      rows?.clear(row)
    },
    query(text) {
      const vector = used?.vectorOf(words(text, true))
      return vector && rows?.query(vector)
    },
    partOf(wanted) {
      if (!used || !rows || table === undefined || next < end) return undefined
      const { dimensions } = used
      const values = new Int8Array(wanted.length * dimensions)
      for (const [place, row] of wanted.entries()) rows.read(row, values.subarray(place * dimensions, (place + 1) * dimensions))
      const has = rows.has
      return { table, dimensions, has: Uint8Array.from(wanted, (row) => (has(row) ? 1 : 0)), values }
    },
  }
}
