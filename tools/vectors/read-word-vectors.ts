import { readFileSync } from 'node:fs'
import { parseWordTable } from '#memory/word-table.ts'
import { createWordVectors, type WordVectors } from '#memory/word-vectors.ts'

/** Where the committed table lies, from the project's folder. */
export const wordTablePath = 'public/vectors/words-128d.bin'

/** The product's word vectors, for scripts that run in Node. */
export function readWordVectors(): WordVectors {
  return createWordVectors(parseWordTable(readFileSync(wordTablePath)))
}
