import { stem } from '#shared/text-stem.ts'
import { roomFor } from './growing-array.ts'
import type { MessageTable } from './message-table.ts'
import { createVectorRows, type VectorRows } from './vector-rows.ts'
import type { WordVectors } from './word-vectors.ts'

/** A word of a cue, in search form, with what finding it is worth. */
export type WeightedWord = { readonly text: string; readonly weight: number }

/** Cosine from which on two words are kin: below it most pairs of words lie that have nothing to do with each other. */
const leastCosine = 0.35
/** What words of kin in the messages next to one give, beside its own. */
const besideShare = 0.8
/** Words at which a message needs its neighbours half as much. */
const halfLength = 48
/** Words of a cue that are looked for: those that weigh most. */
const mostWords = 6

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
  // Kinship of every term with every word of the cue. `states` says, for the query, what is known of a term.
  let known = new Float32Array(64)
  let states = new Uint32Array(64)
  let query = 0
  // Vectors of the terms that were looked up in the word vectors that are used now.
  let lookedUp = new Uint8Array(64)
  let rows: VectorRows | undefined
  let usedBy: WordVectors | undefined

  function vectorsOfTerms(vectors: WordVectors): VectorRows {
    if (usedBy !== vectors || !rows) {
      rows = createVectorRows(vectors.dimensions, false)
      lookedUp.fill(0)
      usedBy = vectors
    }
    return rows
  }

  return {
    query(words) {
      const vectors = table.vectors.words
      if (!vectors) return () => 0
      const ofTerms = vectorsOfTerms(vectors)
      const asked = heaviest(words, vectors)
      const mass = asked.reduce((sum, { weight }) => sum + weight, 0)
      if (mass === 0) return () => 0
      const width = asked.length
      const weights = asked.map(({ weight }) => weight)
      const compareAll = ofTerms.queryAll(asked.map(({ vector }) => vector))
      const cosines = new Float64Array(width)
      const size = table.vocabulary.size
      known = roomFor(known, size * width)
      states = roomFor(states, size)
      lookedUp = roomFor(lookedUp, size)
      query += 2
      const [strange, kin] = [query, query + 1]
      const best = new Float32Array(width)
      const own = new Map<number, number>()

      function compare(term: number): number {
        if (lookedUp[term] === 0) {
          lookedUp[term] = 1
          const vector = vectors?.ofStem(table.vocabulary.stemOf(term))
          if (vector) ofTerms.set(term, vector)
        }
        let state = strange
        if (ofTerms.has(term)) {
          compareAll(term, cosines)
          for (let index = 0; index < width; index++) {
            const cosine = cosines[index] as number
            if (cosine > leastCosine) state = kin
            known[term * width + index] = Math.max(0, (cosine - leastCosine) / (1 - leastCosine))
          }
        }
        states[term] = state
        return state
      }

      function held(row: number): number {
        const noted = own.get(row)
        if (noted !== undefined) return noted
        best.fill(0)
        const terms = table.terms(row)
        for (let place = 0; place < terms.length; place++) {
          const term = terms[place] as number
          const state = states[term] as number
          if (state === strange || (state !== kin && compare(term) === strange)) continue
          for (let index = 0, from = term * width; index < width; index++) {
            const value = known[from + index] as number
            if (value > (best[index] as number)) best[index] = value
          }
        }
        let sum = 0
        for (let index = 0; index < width; index++) sum += (weights[index] as number) * (best[index] as number)
        own.set(row, sum / mass)
        return sum / mass
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

/** The words of a cue that weigh most, of those that have a vector. */
function heaviest(words: readonly WeightedWord[], vectors: WordVectors) {
  return words
    .flatMap(({ text, weight }) => {
      const vector = vectors.ofStem(stem(text))
      return vector ? [{ vector, weight, text }] : []
    })
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
    .slice(0, mostWords)
}
