import { bestRows } from './best-rows.ts'
import type { CueTerms } from './cue-terms.ts'
import { roomFor } from './growing-array.ts'
import type { MessageTable } from './message-table.ts'

// BM25's saturation of repeated words and its share of length normalisation, near the usual values; the development data
// hardly tells neighbouring ones apart.
const k1 = 1.2
const b = 0.7

/** Which messages share words with a cue, and how much of it. Valid until the next match. */
export type Match = {
  /** The live messages that share most with the cue, best first. */
  best(limit: number): readonly number[]
  /** BM25 as a share of the cue's mass, 0…1: 1 means that every word is there, often. */
  share(row: number): number
  /** Share of the cue's mass that the message's conversation holds somewhere, 0…1. */
  inConversation(row: number): number
}

export interface Matcher {
  match(cue: CueTerms): Match
}

/** BM25 (Robertson and Zaragoza 2009) over all live messages; keeps its working arrays between cues. */
export function createMatcher(table: MessageTable): Matcher {
  let matched = new Float64Array(64)
  let touched = new Uint32Array(64)
  let count = 0
  let seenIn = new Float64Array(64)
  let stamps = new Uint32Array(64)

  return {
    match(cue) {
      for (let index = 0; index < count; index++) matched[touched[index] ?? 0] = 0
      count = 0
      matched = roomFor(matched, table.rows)
      touched = roomFor(touched, table.rows)
      seenIn = roomFor(seenIn, table.conversations)
      stamps = roomFor(stamps, table.conversations)
      seenIn.fill(0)
      stamps.fill(0)
      const flat = k1 * (1 - b)
      const perWord = (k1 * b) / table.meanLength
      const { liveLengths, conversationNumbers } = table
      for (const [index, { term, weight }] of cue.terms.entries()) {
        const stamp = index + 1
        table.postings.each(term, (row, occurrences) => {
          const length = liveLengths[row] ?? 0
          if (length === 0) return
          const before = matched[row] ?? 0
          if (before === 0) touched[count++] = row
          // Without BM25's factor k1 + 1, so that a word's part stays below its weight.
          matched[row] = before + (weight * occurrences) / (occurrences + flat + perWord * (length - 1))
          const conversation = conversationNumbers[row] ?? 0
          if (stamps[conversation] === stamp) return
          stamps[conversation] = stamp
          seenIn[conversation] = (seenIn[conversation] ?? 0) + weight
        })
      }
      return {
        best: (limit) => bestRows(touched.subarray(0, count), matched, limit),
        share: (row) => Math.min(1, (matched[row] ?? 0) / cue.mass),
        inConversation: (row) => Math.min(1, (seenIn[table.conversation(row)] ?? 0) / cue.mass),
      }
    },
  }
}
