import { roomFor } from './growing-array.ts'

const firstSlice = 2
const largestSlice = 1024
/** Occurrences above this count as this many: BM25 has long saturated there. */
const maxCount = 15

/** For every term the messages that hold it and how often, in the order in which they were added. */
export interface Postings {
  add(term: number, row: number, count: number): void
  each(term: number, visit: (row: number, count: number) => void): void
}

/**
 * Postings of all terms in one array, each term's in slices that double in size and are linked (the layout of Busch et al.,
 * Earlybird, ICDE 2012): appending costs no copy of a list, and a term that occurs once takes three numbers.
 */
export function createPostings(): Postings {
  let pool = new Uint32Array(1 << 14)
  let used = 0
  let heads = new Uint32Array(1 << 10)
  let tails = new Uint32Array(1 << 10)
  let ends = new Uint32Array(1 << 10)
  let counts = new Uint32Array(1 << 10)

  function slice(size: number): number {
    const start = used
    used += size + 1
    pool = roomFor(pool, used)
    return start
  }

  function sizeOf(position: number): number {
    return Math.min(firstSlice << position, largestSlice)
  }

  return {
    add(term, row, count) {
      heads = roomFor(heads, term + 1)
      tails = roomFor(tails, term + 1)
      ends = roomFor(ends, term + 1)
      counts = roomFor(counts, term + 1)
      const known = counts[term] ?? 0
      if (known === 0) {
        const start = slice(firstSlice)
        heads[term] = start
        tails[term] = start
        ends[term] = start + firstSlice
      } else if (tails[term] === ends[term]) {
        const size = Math.min(2 * lastSize(known), largestSlice)
        const start = slice(size)
        pool[ends[term] ?? 0] = start
        tails[term] = start
        ends[term] = start + size
      }
      pool[tails[term] ?? 0] = row * 16 + Math.min(count, maxCount)
      tails[term] = (tails[term] ?? 0) + 1
      counts[term] = known + 1
    },
    each(term, visit) {
      let left = counts[term] ?? 0
      let at = heads[term] ?? 0
      for (let position = 0; left > 0; position++) {
        const size = sizeOf(Math.min(position, 20))
        const end = at + Math.min(size, left)
        for (let index = at; index < end; index++) {
          const packed = pool[index] ?? 0
          visit(packed >>> 4, packed & 15)
        }
        left -= end - at
        at = pool[at + size] ?? 0
      }
    },
  }
}

/** Size of the slice that a list of `count` full entries ends in. */
function lastSize(count: number): number {
  let size = firstSlice
  for (let total = firstSlice; total < count; total += size) size = Math.min(2 * size, largestSlice)
  return size
}
