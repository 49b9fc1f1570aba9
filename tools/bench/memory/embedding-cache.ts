import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { miniLm } from '#engine/catalogue/embedder.ts'
import type { TextVector } from '#memory/text-vector.ts'

const keyBytes = 16
const recordBytes = keyBytes + miniLm.dimensions

const keyOf = (text: string) =>
  createHash('sha256')
    .update(`${miniLm.id}\n${text}`)
    .digest('hex')
    .slice(0, 2 * keyBytes)

/** Vectors of texts made beforehand by embed/embed-sets.ts: records of a text's digest and its vector, one after the other. */
export type EmbeddingCache = {
  readonly size: number
  has(text: string): boolean
  vectorOf(text: string): TextVector | undefined
  /** Adds to the file at once, so that a run that was cut off goes on where it was. An empty vector is kept too. */
  add(text: string, vector: Uint8Array): void
}

export function openEmbeddingCache(path: string): EmbeddingCache {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  const whole = bytes.length - (bytes.length % recordBytes)
  if (whole < bytes.length) truncateSync(path, whole)
  const vectors = new Map<string, TextVector>()
  for (let at = 0; at < whole; at += recordBytes)
    vectors.set(
      bytes.toString('hex', at, at + keyBytes),
      Int8Array.from(new Int8Array(bytes.buffer, bytes.byteOffset + at + keyBytes, miniLm.dimensions)),
    )
  return {
    get size() {
      return vectors.size
    },
    has: (text) => vectors.has(keyOf(text)),
    vectorOf(text) {
      const vector = vectors.get(keyOf(text))
      return vector?.some((value) => value !== 0) ? vector : undefined
    },
    add(text, vector) {
      const key = keyOf(text)
      if (vectors.has(key)) return
      const values = new Int8Array(miniLm.dimensions)
      values.set(new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength))
      vectors.set(key, values)
      appendFileSync(path, Buffer.concat([Buffer.from(key, 'hex'), new Uint8Array(values.buffer)]))
    },
  }
}
