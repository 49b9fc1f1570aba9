import type { LexicalIndex } from '#memory/lexical-index.ts'
import { parseWordTable, wordTableChecksum } from '#memory/word-table.ts'
import { createWordVectors } from '#memory/word-vectors.ts'

/** How long filling goes on before it lets requests through. */
const sliceMs = 10
/** Characters filled between two looks at the clock: a millisecond or two. */
const step = 10_000

/**
 * Gives an index the word vectors in the bytes of a table's file, and its messages theirs, in slices between which requests
 * are answered.
 * @throws WordTableError (rejects) where the bytes are no such table
 */
export async function setWordVectors(index: LexicalIndex, bytes: Uint8Array): Promise<void> {
  const table = parseWordTable(bytes)
  await nextTask()
  index.setWordVectors(createWordVectors(table), wordTableChecksum(bytes))
  for (let more = true; more; ) {
    await nextTask()
    const until = performance.now() + sliceMs
    do more = index.fillVectors(step)
    while (more && performance.now() < until)
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
