import { roomFor } from './growing-array.ts'
import type { MessageTable } from './message-table.ts'

/** A word of a cue, in search form, with what finding it is worth. */
export type WeightedWord = { readonly text: string; readonly weight: number }

/** Cosine from which on two words are kin: below it most pairs of words lie that have nothing to do with each other. */
const leastCosine = 0.35
/** What words of kin in the messages next to one give, beside its own. */
const besideShare = 0.8
/** Words at which a message needs its neighbours half as much. */
const halfLength = 48

/**
 * Which messages hold words near in meaning to the words of a cue, word by word: for each word of the cue the nearest one of
 * the message counts (the late interaction of Khattab and Zaharia 2020, section 3.3, with static vectors). The mean of a
 * message's words, which `vectors` compares, loses the one ring among forty words; this finds it for "jewellery".
 */
export interface WordKin {
  /** What a row and those next to it within its episode hold of the words, by weight; 0 where there are no word vectors. */
  query(words: readonly WeightedWord[]): (row: number) => number
}

export function createWordKin(table: MessageTable): WordKin {
  // Kinship of every term with every word of the cue; it holds where the stamp is the query's.
  let known = new Float32Array(64)
  let stamps = new Uint32Array(64)
  let stamp = 0

  return {
    query(words) {
      const vectors = table.vectors.words
      const asked = words.flatMap(({ text, weight }) => {
        const number = vectors?.numberOf(text)
        return number === undefined ? [] : [{ number, weight }]
      })
      const mass = asked.reduce((sum, { weight }) => sum + weight, 0)
      if (!vectors || mass === 0) return () => 0
      const width = asked.length
      const size = table.vocabulary.size
      known = roomFor(known, size * width)
      stamps = roomFor(stamps, size)
      stamp++
      const best = new Float32Array(width)
      const own = new Map<number, number>()

      function compare(term: number): void {
        stamps[term] = stamp
        const number = vectors?.numberOfStem(table.vocabulary.stemOf(term))
        for (let index = 0; index < width; index++) {
          const cosine = number === undefined ? 0 : (vectors?.likeness(number, asked[index]?.number ?? 0) ?? 0)
          known[term * width + index] = Math.max(0, (cosine - leastCosine) / (1 - leastCosine))
        }
      }

      function held(row: number): number {
        let sum = own.get(row)
        if (sum !== undefined) return sum
        best.fill(0)
        for (const term of table.terms(row)) {
          if (stamps[term] !== stamp) compare(term)
          for (let index = 0; index < width; index++) best[index] = Math.max(best[index] ?? 0, known[term * width + index] ?? 0)
        }
        sum = asked.reduce((all, { weight }, index) => all + weight * (best[index] ?? 0), 0) / mass
        own.set(row, sum)
        return sum
      }

      return (row) => {
        const episode = table.episodeNumbers[row]
        const near = (other: number) => (other >= 0 && table.episodeNumbers[other] === episode ? held(other) : 0)
        const beside = near(table.parent(row)) + near(table.children(row).at(-1) ?? -1)
        return held(row) + (besideShare * beside * halfLength) / (halfLength + table.length(row))
      }
    },
  }
}
