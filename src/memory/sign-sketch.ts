import { roomFor } from './growing-array.ts'
import type { TextVector } from './text-vector.ts'

/** One bit for every number of a vector, by row number: whether it is below 0. */
export interface SignSketches {
  set(row: number, vector: TextVector): void
  /**
   * The rows from 0 to `count`, without those that `skips`, whose signs differ least from a vector's: at least `limit`, where
   * there are so many, and all that differ as much as the last of them. In order of rows.
   */
  nearest(vector: TextVector, count: number, limit: number, skips: (row: number) => boolean): Uint32Array
}

/**
 * The share of signs in which two vectors differ grows with the angle between them (Charikar 2002, section 3, with the axes
 * as the planes). It says only roughly how near two vectors are, in a sixth of the time of a cosine.
 */
export function createSignSketches(dimensions: number): SignSketches {
  // An even number of words: they are compared two at a time.
  const width = 2 * Math.ceil(dimensions / 64)
  let signs = new Int32Array(64 * width)
  let differences = new Uint32Array(64)

  function sketch(vector: TextVector, into: Int32Array, from: number): void {
    into.fill(0, from, from + width)
    for (let at = 0; at < dimensions; at++)
      if ((vector[at] ?? 0) < 0) into[from + (at >> 5)] = (into[from + (at >> 5)] ?? 0) | (1 << (at & 31))
  }

  return {
    set(row, vector) {
      signs = roomFor(signs, (row + 1) * width)
      sketch(vector, signs, row * width)
    },
    nearest(vector, count, limit, skips) {
      differences = roomFor(differences, count)
      const asked = new Int32Array(width)
      sketch(vector, asked, 0)
      const rowsWith = new Uint32Array(dimensions + 1)
      for (let row = 0; row < count; row++) {
        let different = 0
        for (let word = 0, from = row * width; word < width; word += 2)
          different += onesOfTwo(
            (signs[from + word] as number) ^ (asked[word] as number),
            (signs[from + word + 1] as number) ^ (asked[word + 1] as number),
          )
        differences[row] = different
        if (!skips(row)) rowsWith[different] = (rowsWith[different] as number) + 1
      }
      let most = 0
      let total = rowsWith[0] ?? 0
      while (total < limit && most < dimensions) total += rowsWith[++most] ?? 0
      const rows = new Uint32Array(total)
      let found = 0
      for (let row = 0; row < count; row++) if ((differences[row] as number) <= most && !skips(row)) rows[found++] = row
      return rows
    },
  }
}

/** How many bits of two 32-bit words are 1, by adding pairs, then fours, then bytes of both at once. */
function onesOfTwo(a: number, b: number): number {
  const fours = onesOfFours(a) + onesOfFours(b)
  return Math.imul((fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24
}

function onesOfFours(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
}
