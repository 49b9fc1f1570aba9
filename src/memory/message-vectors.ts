import { type Word, words } from '#shared/text-words.ts'
import { createVectorRows, type VectorQuery, type VectorRows } from './vector-rows.ts'
import type { WordVectors } from './word-vectors.ts'

/** Vectors of the messages of a table. There are none until word vectors are there, which come late or not at all. */
export interface MessageVectors {
  /** Messages added from now on get a vector at once, earlier ones by `fill`. */
  setWords(vectors: WordVectors): void
  /** Gives the next earlier messages theirs, about so many characters of text; false when none is left. */
  fill(characters: number): boolean
  add(row: number, found: readonly Word[]): void
  remove(row: number): void
  /** What compares a text with messages; undefined where it has no vector, or while there are no word vectors. */
  query(text: string): VectorQuery | undefined
  /** The word vectors, once they are there. */
  readonly words: WordVectors | undefined
}

/** @param textOf the text of a row, undefined where there is no such message any more */
export function createMessageVectors(textOf: (row: number) => string | undefined, rowCount: () => number): MessageVectors {
  let used: WordVectors | undefined
  let rows: VectorRows | undefined
  let next = 0
  let end = 0

  function add(row: number, found: readonly Word[]): void {
    const vector = used?.vectorOf(found)
    if (vector) rows?.set(row, vector)
  }

  return {
    get words() {
      return used
    },
    setWords(vectors) {
      used = vectors
      rows = createVectorRows(vectors.dimensions)
      next = 0
      end = rowCount()
    },
    fill(characters) {
      for (let left = characters; next < end && left > 0; next++) {
        const text = textOf(next)
        if (text === undefined) continue
        add(next, words(text))
        left -= text.length
      }
      return next < end
    },
    add,
    remove(row) {
      rows?.clear(row)
    },
    query(text) {
      const vector = used?.vectorOf(words(text, true))
      return vector && rows?.query(vector)
    },
  }
}
