import { assert } from '#shared/assert.ts'
import { roomFor } from './growing-array.ts'
import { createSignSketches } from './sign-sketch.ts'
import { longest, type TextVector } from './text-vector.ts'

/** Up to so many rows all are compared; of more only those whose signs differ least, at least so many and so many for each one wanted. */
const comparedAll = 16_384
const leastCompared = 4096
const comparedForOne = 64

/** Vectors by row number, side by side in one array. */
export interface VectorRows {
  set(row: number, vector: TextVector): void
  /** Leaves nothing of the row's vector. */
  clear(row: number): void
  has(row: number): boolean
  /** Writes the row's numbers to `into`; 0 where it has no vector. */
  read(row: number, into: Int8Array): void
  /** Compares a vector with rows. */
  query(vector: TextVector): VectorQuery
  /** Compares some vectors with one row at a time: writes the cosines that `query` gives, in their order, to `into`. */
  queryAll(vectors: readonly TextVector[]): (row: number, into: Float64Array) => void
}

export interface VectorQuery {
  /** Cosine with a row's vector, −1…1; 0 where it has none. */
  cosine(row: number): number
  /**
   * Rows of the first `count` with the greatest cosines above 0, at least `limit` where there are so many, in order of rows.
   * Among more than some 16,000 rows a few may be missed, those whose signs tell least.
   */
  nearest(count: number, limit: number): readonly number[]
}

/**
 * Four numbers of a row lie in one 32-bit word, each with 128 added so that it has no sign. A multiplication of 32-bit words
 * does two products at once: (a + 2¹⁶b)(d + 2¹⁶c) = ad + 2¹⁶(ac + bd) mod 2³², where ac + bd is a part of the scalar product
 * and ad is not wanted. Both sums fit into 16 bits with a sign, by the Cauchy–Schwarz inequality and `longest`, so they can
 * be told apart in the end. 100,000 rows of 100 numbers take a third of the time of one product after the other.
 *
 * @param findsNearest whether queries are to find the nearest of many rows, which takes a sketch of every row
 */
export function createVectorRows(dimensions: number, findsNearest = true): VectorRows {
  const width = Math.ceil(dimensions / 4)
  let packed = new Int32Array(64 * width)
  // 1 / length of the row's vector, 0 where it has none.
  let inverses = new Float64Array(64)
  const sketches = findsNearest ? createSignSketches(dimensions) : undefined

  /** The last query, as long as no row changes: who types on asks the same until a word is known. */
  let last: { readonly vector: TextVector; readonly query: VectorQuery } | undefined

  function query(vector: TextVector): VectorQuery {
    if (last && last.vector.length === vector.length && last.vector.every((value, at) => value === vector[at])) return last.query
    last = { vector: vector.slice(), query: newQuery(vector) }
    return last.query
  }

  function newQuery(vector: TextVector): VectorQuery {
    const { even, odd, start, inverse } = packQuery(vector, width)
    let found: { readonly count: number; readonly limit: number; readonly rows: readonly number[] } | undefined

    return {
      cosine: (row) => cosineOf(packed, row * width, inverses[row] ?? 0, inverse, even, odd, start),
      nearest(count, limit) {
        if (found?.count === count && found.limit === limit) return found.rows
        // Looked up once: they are replaced when the rows outgrow them.
        const [words, lengths] = [packed, inverses]
        const wanted = Math.min(count, lengths.length)
        const compared =
          sketches && wanted > comparedAll
            ? sketches.nearest(vector, wanted, Math.max(leastCompared, comparedForOne * limit), (row) => lengths[row] === 0)
            : Uint32Array.from({ length: wanted }, (_, row) => row)
        const cosines = new Float32Array(compared.length)
        for (let place = 0; place < compared.length; place++) {
          const row = compared[place] as number
          cosines[place] = cosineOf(words, row * width, lengths[row] as number, inverse, even, odd, start)
        }
        found = { count, limit, rows: greatest(compared, cosines, limit) }
        return found.rows
      },
    }
  }

  return {
    set(row, vector) {
      last = undefined
      packed = roomFor(packed, (row + 1) * width)
      inverses = roomFor(inverses, row + 1)
      for (let word = 0; word < width; word++) {
        const [a, b, c, d] = fourOf(vector, word)
        packed[row * width + word] = (a + 128) | ((b + 128) << 8) | ((c + 128) << 16) | ((d + 128) << 24)
      }
      inverses[row] = inverseOf(vector)
      sketches?.set(row, vector)
    },
    clear(row) {
      if (row >= inverses.length) return
      last = undefined
      packed.fill(0, row * width, (row + 1) * width)
      inverses[row] = 0
    },
    has: (row) => (inverses[row] ?? 0) > 0,
    read(row, into) {
      const known = (inverses[row] ?? 0) > 0
      for (let at = 0; at < into.length; at++) {
        const four = packed[row * width + (at >> 2)] ?? 0
        into[at] = known ? ((four >>> (8 * (at & 3))) & 255) - 128 : 0
      }
    },
    query,
    queryAll(vectors) {
      const groups: Three[] = []
      for (let at = 0; at < vectors.length; at += 3) groups.push(packThree(vectors.slice(at, at + 3), dimensions))
      return (row, into) => {
        const inverse = inverses[row] ?? 0
        for (let group = 0; group < groups.length; group++)
          cosinesOfThree(packed, row * width, inverse, groups[group] as Three, into, 3 * group)
      }
    },
  }
}

type PackedQuery = { readonly even: Int32Array; readonly odd: Int32Array; readonly start: number; readonly inverse: number }

function packQuery(vector: TextVector, width: number): PackedQuery {
  const even = new Int32Array(width)
  const odd = new Int32Array(width)
  // What the 128 that was added to every number of a row adds to the sum.
  let added = 0
  for (let word = 0; word < width; word++) {
    const [a, b, c, d] = fourOf(vector, word)
    even[word] = c + (a << 16)
    odd[word] = d + (b << 16)
    added += 128 * (c + d) + ((128 * (a + b + c + d)) << 16)
  }
  return { even, odd, start: -added | 0, inverse: inverseOf(vector) }
}

/** Up to three queries, their words side by side: a row's word is taken apart once for all of them. */
type Three = { readonly words: Int32Array; readonly queries: readonly PackedQuery[] }

function packThree(vectors: readonly TextVector[], dimensions: number): Three {
  const width = Math.ceil(dimensions / 4)
  const queries = vectors.map((vector) => packQuery(vector, width))
  const words = new Int32Array(6 * width)
  for (const [place, { even, odd }] of queries.entries())
    for (let word = 0; word < width; word++) {
      words[6 * word + 2 * place] = even[word] ?? 0
      words[6 * word + 2 * place + 1] = odd[word] ?? 0
    }
  return { words, queries }
}

function cosinesOfThree(
  packed: Int32Array,
  first: number,
  rowInverse: number,
  { words, queries }: Three,
  into: Float64Array,
  from: number,
): void {
  let [one, two, three] = [0, 0, 0]
  for (let at = 0, word = first; at < words.length; at += 6, word++) {
    const four = packed[word] as number
    const low = four & 0xff00ff
    const high = (four >>> 8) & 0xff00ff
    one = (one + Math.imul(low, words[at] as number) + Math.imul(high, words[at + 1] as number)) | 0
    two = (two + Math.imul(low, words[at + 2] as number) + Math.imul(high, words[at + 3] as number)) | 0
    three = (three + Math.imul(low, words[at + 4] as number) + Math.imul(high, words[at + 5] as number)) | 0
  }
  for (let place = 0; place < queries.length; place++) {
    const { start, inverse } = queries[place] as PackedQuery
    into[from + place] =
      rowInverse === 0 ? 0 : cosineOfSum(place === 0 ? one : place === 1 ? two : three, start, rowInverse, inverse)
  }
}

/** The cosine in a sum of words of products: the part of it that is wanted, without what the added 128 gave. */
function cosineOfSum(sum: number, start: number, rowInverse: number, inverse: number): number {
  const both = (sum + start) | 0
  const unwanted = (both << 16) >> 16
  return Math.max(-1, Math.min(1, ((both - unwanted) >> 16) * rowInverse * inverse))
}

function cosineOf(
  packed: Int32Array,
  from: number,
  rowInverse: number,
  inverse: number,
  even: Int32Array,
  odd: Int32Array,
  start: number,
): number {
  if (rowInverse === 0) return 0
  let sum = 0
  for (let word = 0; word < even.length; word++) {
    const four = packed[from + word] ?? 0
    const products = Math.imul(four & 0xff00ff, even[word] ?? 0) + Math.imul((four >>> 8) & 0xff00ff, odd[word] ?? 0)
    sum = (sum + products) | 0
  }
  return cosineOfSum(sum, start, rowInverse, inverse)
}

/** The rows with the greatest cosines above 0, found by counting into buckets. */
function greatest(rows: Uint32Array, cosines: Float32Array, limit: number): readonly number[] {
  const counts = new Uint32Array(257)
  for (const cosine of cosines) if (cosine > 0) counts[Math.floor(cosine * 256)] = (counts[Math.floor(cosine * 256)] ?? 0) + 1
  let cut = 256
  for (let total = counts[cut] ?? 0; cut > 0 && total < limit; total += counts[cut] ?? 0) cut--
  const found: number[] = []
  for (const [place, cosine] of cosines.entries()) if (cosine > 0 && cosine * 256 >= cut) found.push(rows[place] ?? 0)
  return found
}

function fourOf(vector: TextVector, word: number): readonly [number, number, number, number] {
  const at = 4 * word
  return [vector[at] ?? 0, vector[at + 1] ?? 0, vector[at + 2] ?? 0, vector[at + 3] ?? 0]
}

function inverseOf(vector: TextVector): number {
  let squares = 0
  for (let index = 0; index < vector.length; index++) squares += (vector[index] ?? 0) ** 2
  assert(squares <= longest ** 2, `a vector is ${Math.sqrt(squares)} long, at most ${longest}`)
  return squares === 0 ? 0 : 1 / Math.sqrt(squares)
}
