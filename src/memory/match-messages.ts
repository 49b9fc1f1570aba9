import { bestRows } from './best-rows.ts'
import type { CueTerm, CueTerms } from './cue-terms.ts'
import { roomFor } from './growing-array.ts'
import type { MessageTable } from './message-table.ts'

// BM25's saturation of repeated words and its shares of length normalisation, for messages and for episodes.
const k1 = 1.2
const b = 0.71
const episodeB = 0.5

/** Which messages share words with a cue, and how much of it. Valid until the next match. */
export type Match = {
  /** The live messages that share most with the cue, best first. */
  best(limit: number): readonly number[]
  /** BM25 of a message, not below 0. */
  of(row: number): number
  /** BM25 as a share of the cue's mass, 0…1: 1 means that every word is there, often. */
  share(row: number): number
  /** BM25 of the message's episode, where a message that holds a word counts as one occurrence; not below 0. */
  ofEpisode(row: number): number
}

export interface Matcher {
  match(cue: CueTerms): Match
}

/**
 * BM25 (Robertson and Zaragoza 2009) over all live messages and episodes. It keeps its working arrays between cues: one whose
 * terms begin with all those of the last, as a cue has that somebody is typing, goes on from there.
 */
export function createMatcher(table: MessageTable): Matcher {
  let matched = new Float64Array(64)
  let touched = new Uint32Array(64)
  let count = 0
  let episodeScores = new Float64Array(64)
  let occurrences = new Uint32Array(64)
  let met = new Uint32Array(64)
  let metEpisodes = new Uint32Array(64)
  let episodeCount = 0
  /** What the arrays hold: these terms, of the messages that there were. */
  let counted: readonly CueTerm[] = []
  let messages = { rows: 0, liveRows: 0 }

  /** How many of the cue's terms are in the arrays, which hold nothing else. */
  function goOn(terms: readonly CueTerm[]): number {
    const same = messages.rows === table.rows && messages.liveRows === table.liveRows
    const begins =
      counted.length <= terms.length &&
      counted.every(({ term, weight }, at) => term === terms[at]?.term && weight === terms[at]?.weight)
    const held = same && begins ? counted.length : 0
    if (held === 0) clear()
    counted = terms
    messages = { rows: table.rows, liveRows: table.liveRows }
    return held
  }

  function clear(): void {
    for (let index = 0; index < count; index++) matched[touched[index] ?? 0] = 0
    for (let index = 0; index < episodeCount; index++) episodeScores[metEpisodes[index] ?? 0] = 0
    count = 0
    episodeCount = 0
    matched = roomFor(matched, table.rows)
    touched = roomFor(touched, table.rows)
    episodeScores = roomFor(episodeScores, table.episodes)
    occurrences = roomFor(occurrences, table.episodes)
    met = roomFor(met, table.episodes)
    metEpisodes = roomFor(metEpisodes, table.episodes)
  }

  return {
    match(cue) {
      const held = goOn(cue.terms)
      const flat = k1 * (1 - b)
      const perWord = (k1 * b) / table.meanLength
      const { liveLengths, episodeNumbers, meanEpisodeLength } = table
      for (const { term, weight } of cue.terms.slice(held)) {
        let metNow = 0
        table.postings.each(term, (row, times) => {
          const length = liveLengths[row] ?? 0
          if (length === 0) return
          const before = matched[row] ?? 0
          if (before === 0) touched[count++] = row
          matched[row] = before + (weight * times * (k1 + 1)) / (times + flat + perWord * (length - 1))
          const episode = episodeNumbers[row] ?? 0
          if (occurrences[episode] === 0) met[metNow++] = episode
          occurrences[episode] = (occurrences[episode] ?? 0) + 1
        })
        for (let index = 0; index < metNow; index++) {
          const episode = met[index] ?? 0
          const times = occurrences[episode] ?? 0
          occurrences[episode] = 0
          const before = episodeScores[episode] ?? 0
          if (before === 0) metEpisodes[episodeCount++] = episode
          const length = table.episodeLength(episode) / meanEpisodeLength
          episodeScores[episode] = before + (weight * times * (k1 + 1)) / (times + k1 * (1 - episodeB + episodeB * length))
        }
      }
      return {
        best: (limit) => bestRows(touched.subarray(0, count), matched, limit),
        of: (row) => matched[row] ?? 0,
        share: (row) => Math.min(1, (matched[row] ?? 0) / ((k1 + 1) * cue.mass)),
        ofEpisode: (row) => episodeScores[episodeNumbers[row] ?? 0] ?? 0,
      }
    },
  }
}
