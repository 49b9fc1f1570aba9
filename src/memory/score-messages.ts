import type { Score, ScorePart } from './candidate.ts'
import type { CueTerms } from './cue-terms.ts'
import type { DateRange } from './date-range.ts'
import type { MessageTable } from './message-table.ts'

/** BM25's saturation of repeated words and its share of length normalisation (tuned on the development data). */
const k1 = 1.2
const b = 0.7
/** Messages that are scored in full: those that share most words with the cue, and their neighbours. */
const maxScored = 300

/** What each part of a score counts. All values are 0…1 and the weights sum to 1, so that a total is 0…1. */
export type ScoreWeights = {
  readonly words: number
  readonly phrases: number
  readonly neighbours: number
  readonly conversation: number
  readonly speaker: number
  readonly statement: number
  readonly recency: number
  readonly date: number
}
export const defaultWeights: ScoreWeights = {
  words: 0.45,
  phrases: 0.12,
  neighbours: 0.1,
  conversation: 0.1,
  speaker: 0.1,
  statement: 0.05,
  recency: 0.02,
  date: 0.06,
}

const dayMs = 86_400_000
/** Share of the cue at which the words back a score in full. */
const backedFrom = 0.25
/** Time in which the worth of being recent falls to 1/e. */
const recencyMs = 30 * dayMs

export type ScoredMessage = { readonly row: number; readonly score: Score }

/** Messages of whose score the scorer keeps no account: those the cue must not find. */
export type RowFilter = (row: number) => boolean

export interface MessageScorer {
  score(cue: CueTerms, at: number, range: DateRange | undefined, mayFind: RowFilter): readonly ScoredMessage[]
}

/** One weighted sum over the messages that share words with the cue; keeps its working arrays between cues. */
export function createMessageScorer(table: MessageTable, weights: ScoreWeights): MessageScorer {
  const part = (name: keyof ScoreWeights, value: number): ScorePart => ({
    name,
    value,
    weight: weights[name],
    contribution: weights[name] * value,
  })

  let matched = new Float64Array(64)
  let seenIn = new Float64Array(64)
  let stamps = new Uint32Array(64)
  let touched = new Uint32Array(64)

  function bm25(cue: CueTerms): number {
    const rows = table.rows
    if (matched.length < rows) {
      matched = new Float64Array(rows * 2)
      touched = new Uint32Array(rows * 2)
    }
    if (seenIn.length < table.conversations) {
      seenIn = new Float64Array(table.conversations * 2)
      stamps = new Uint32Array(table.conversations * 2)
    }
    seenIn.fill(0)
    stamps.fill(0)
    let count = 0
    const mean = table.meanLength
    for (const [index, { term, weight }] of cue.terms.entries()) {
      table.postings.each(term, (row, occurrences) => {
        if (!table.isLive(row)) return
        const before = matched[row] ?? 0
        if (before === 0) touched[count++] = row
        const saturation = k1 * (1 - b + (b * table.length(row)) / mean)
        matched[row] = before + (weight * occurrences) / (occurrences + saturation)
        const conversation = table.conversation(row)
        if (stamps[conversation] === index + 1) return
        stamps[conversation] = index + 1
        seenIn[conversation] = (seenIn[conversation] ?? 0) + weight
      })
    }
    return count
  }

  return {
    score(cue, at, range, mayFind) {
      if (cue.terms.length === 0) return []
      const count = bm25(cue)
      const best = bestRows(touched.subarray(0, count), matched, maxScored)
      const rows = new Set<number>()
      for (const row of best) for (const near of [row, ...neighbours(table, row)]) if (mayFind(near)) rows.add(near)
      const share = (row: number): number => Math.min(1, (matched[row] ?? 0) / cue.mass)
      const scored = [...rows].map((row) => {
        const own = share(row)
        // What does not depend on the cue's words counts only as far as the words are there.
        const backed = Math.min(1, own / backedFrom)
        const said = table.message(row)?.createdAt ?? 0
        const parts = [
          part('words', own),
          part('phrases', phrases(table, row, cue)),
          part('neighbours', diffused(table, row, share)),
          part('conversation', backed * Math.min(1, (seenIn[table.conversation(row)] ?? 0) / cue.mass)),
          part('speaker', backed * speaker(table, row, cue)),
          part('statement', backed * statement(table, row)),
          part('recency', backed * Math.exp(-Math.max(0, at - said) / recencyMs)),
          part('date', backed * (range ? near(said, range) : 0)),
        ]
        return { row, score: sum(parts) }
      })
      for (let index = 0; index < count; index++) matched[touched[index] ?? 0] = 0
      return scored.sort((x, y) => y.score.total - x.score.total || y.row - x.row)
    },
  }
}

/** The total is the sum of the contributions in their order, so that adding them up again gives the same bits (rule M7). */
export function sum(parts: readonly ScorePart[]): Score {
  return { total: parts.reduce((total, { contribution }) => total + contribution, 0), parts }
}

function neighbours(table: MessageTable, row: number): readonly number[] {
  const parent = table.parent(row)
  return parent < 0 ? table.children(row) : [parent, ...table.children(row)]
}

/** What the messages one and two steps away on the branch share with the cue; a long message needs its neighbours less. */
function diffused(table: MessageTable, row: number, share: (row: number) => number): number {
  const parent = table.parent(row)
  const before = parent < 0 ? 0 : share(parent)
  const grandparent = parent < 0 ? -1 : table.parent(parent)
  const twoBefore = grandparent < 0 ? 0 : share(grandparent)
  let after = 0
  let twoAfter = 0
  for (const child of table.children(row)) {
    after = Math.max(after, share(child))
    for (const grandchild of table.children(child)) twoAfter = Math.max(twoAfter, share(grandchild))
  }
  const near = 0.27 * (before + after) + 0.23 * (twoBefore + twoAfter)
  return near * (48 / (48 + table.length(row)))
}

function phrases(table: MessageTable, row: number, cue: CueTerms): number {
  if (cue.pairs.length === 0) return 0
  const terms = table.terms(row)
  let all = 0
  let found = 0
  for (const { first, second, weight } of cue.pairs) {
    all += weight
    for (let index = 0; index + 1 < terms.length; index++) {
      if (terms[index] !== first || terms[index + 1] !== second) continue
      found += weight
      break
    }
  }
  return all === 0 ? 0 : found / all
}

function speaker(table: MessageTable, row: number, cue: CueTerms): number {
  return (table.message(row)?.role === 'assistant') === cue.asksAssistant ? 1 : 0
}

/** 1 inside the time that the cue speaks of, falling outside: a date misread by a few days still helps. */
function near(said: number, { from, to }: DateRange): number {
  const off = Math.max(from - said, said - to, 0)
  return Math.exp(-off / (3 * dayMs + (to - from) / 4))
}

function statement(table: MessageTable, row: number): number {
  const message = table.message(row)
  return message?.role === 'user' && /\b(?:I|my|we|our)\b/i.test(message.text) ? 1 : 0
}

/** The rows with the greatest values, found by counting into buckets so that time grows with the rows and not with their order. */
function bestRows(rows: Uint32Array, values: Float64Array, limit: number): readonly number[] {
  if (rows.length <= limit) return [...rows]
  let top = 0
  for (const row of rows) top = Math.max(top, values[row] ?? 0)
  const buckets = new Uint32Array(1025)
  const bucketOf = (row: number): number => Math.floor((1024 * (values[row] ?? 0)) / top)
  for (const row of rows) buckets[bucketOf(row)] = (buckets[bucketOf(row)] ?? 0) + 1
  let cut = 1024
  for (let total = 0; cut > 0; cut--) {
    total += buckets[cut] ?? 0
    if (total >= limit) break
  }
  const best: number[] = []
  for (const row of rows) if (bucketOf(row) >= cut) best.push(row)
  return best.sort((x, y) => (values[y] ?? 0) - (values[x] ?? 0) || y - x).slice(0, limit)
}
