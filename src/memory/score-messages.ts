import type { Score, ScorePart } from './candidate.ts'
import type { CueTerms } from './cue-terms.ts'
import type { DateRange } from './date-range.ts'
import { createMatcher, type Match } from './match-messages.ts'
import type { MessageTable } from './message-table.ts'
import { nearMatches } from './near-messages.ts'
import type { VectorQuery } from './vector-rows.ts'
import { createWordKin, type WordKin } from './word-kin.ts'

/**
 * Messages that are scored in full: all of a small collection, else those that share most with the cue with their
 * neighbours, and those whose meaning is nearest.
 */
const fewMessages = 1000
const maxMatched = 200
const maxMeant = 120
/** Of a large collection, the messages that are looked through for words of kin: those that score best without. */
const maxKin = 100

/**
 * What each part of a score says. The first seven and the last are relative: 1 is the mean of the thirty best messages for this
 * cue, so that one set of weights serves short and long cues, and small and large collections. The others are 0…1. All are lowered
 * where hardly anything in memory shares the cue's words. `answers` is a reply's: the words of the message that it answers, in
 * the measure of `words`. `fact` is there only where facts are keys, `likeness` only where a neural embedder is.
 */
export const scoreNames = [
  'words',
  'meaning',
  'kin',
  'episode',
  'beside',
  'around',
  'answers',
  'speaker',
  'date',
  'user',
  'statement',
  'numbers',
  'standing',
  'fact',
  'likeness',
] as const
const relativeNames = 7
const [wordsPart, answersPart] = [scoreNames.indexOf('words'), scoreNames.indexOf('answers')]
const kinPart = scoreNames.indexOf('kin')
const factPart = scoreNames.indexOf('fact')
/** Those that are divided by the mean of their own best values, before words of kin are known. */
const ownMeasure = ['words', 'meaning', 'episode', 'beside', 'around', 'likeness'].map((name) =>
  scoreNames.indexOf(name as ScoreName),
)
const topRows = 30
/** The most that a relative part may be worth: one message that alone has something must not outweigh all else. */
const mostRelative = 12
/** Share of the cue's mass that the best message must hold for scores to count in full. */
const trustedShare = 0.08
/**
 * Cosines of the neural embedder from which scores begin to count, and at which they count in full, also where memory shares
 * no word with the cue. Of questions about what was said 95 % have a message above 0.37; of questions about somebody else's
 * conversations three quarters have none above 0.4 (LoCoMo and BEAM, development data).
 */
const likenessFrom = 0.3
const likenessFull = 0.45
export type ScoreName = (typeof scoreNames)[number]
export type ScoreWeights = Readonly<Record<ScoreName, number>>
/** Chosen on the development data of LoCoMo, LongMemEval and BEAM together, but for `fact`: docs/memory-scorecard.md. */
export const defaultWeights: ScoreWeights = {
  words: 0.052,
  meaning: 0.124,
  kin: 0.046,
  episode: 0.058,
  beside: 0.026,
  around: 0.038,
  answers: 0.1,
  speaker: 0.224,
  date: 0.2,
  user: 0.573,
  statement: 0.058,
  numbers: 0.051,
  standing: 0.059,
  fact: 0.2,
  likeness: 0.1,
}

const dayMs = 86_400_000

export type AskedCue = {
  readonly terms: CueTerms
  readonly range: DateRange | undefined
  /** The cue's vector against the rows; absent without word vectors. */
  readonly vectors: VectorQuery | undefined
  /** The same by the neural embedder. */
  readonly likeness: VectorQuery | undefined
  /** Rows of which a fact was learnt that holds words of the cue, with their share; absent where facts are no keys. */
  readonly facts: ReadonlyMap<number, number> | undefined
}

export type ScoredMessages = {
  /** Best first. */
  readonly rows: readonly { readonly row: number; readonly total: number }[]
  readonly explain: (index: number) => Score
  readonly match: Match
  /** How far the cue asks for replies rather than for what the user said, 0…1. */
  readonly toReplies: number
}

export interface MessageScorer {
  score(cue: AskedCue, mayFind: (row: number) => boolean): ScoredMessages
}

/** One weighted sum over the messages that share words or meaning with the cue and those beside them. */
export function createMessageScorer(table: MessageTable, weights: ScoreWeights): MessageScorer {
  const matcher = createMatcher(table)
  const kin = createWordKin(table)
  const weightOf = scoreNames.map((name) => weights[name])
  const width = scoreNames.length

  function candidateRows(match: Match, { vectors, likeness, facts }: AskedCue): readonly number[] {
    if (table.liveRows <= fewMessages) return Array.from({ length: table.rows }, (_, row) => row)
    const found = new Set<number>()
    for (const row of match.best(maxMatched)) for (const one of [row, table.parent(row), ...table.children(row)]) found.add(one)
    for (const row of facts?.keys() ?? []) found.add(row)
    for (const query of [vectors, likeness]) for (const row of query?.nearest(table.rows, maxMeant) ?? []) found.add(row)
    return [...found]
  }

  return {
    score(cue, mayFind) {
      const match = matcher.match(cue.terms)
      const rows = candidateRows(match, cue).filter((row) => row >= 0 && mayFind(row))
      const toReplies = cue.terms.asksAssistant ? 1 : leaningToReplies(table, rows, match)
      const values = valuesOf({ table, kin, weightOf, rows, match, cue, toReplies })
      const totals = rows.map((_, index) => {
        let sum = 0
        for (let part = 0; part < width; part++) sum += (weightOf[part] ?? 0) * (values[index * width + part] ?? 0)
        return sum
      })
      const saidAt = (row: number | undefined) => table.message(row ?? -1)?.createdAt ?? 0
      const order = rows
        .flatMap((_, index) => (sharesSomething(values, index * width) ? [index] : []))
        .sort(
          (x, y) => (totals[y] ?? 0) - (totals[x] ?? 0) || saidAt(rows[y]) - saidAt(rows[x]) || (rows[y] ?? 0) - (rows[x] ?? 0),
        )
      return {
        match,
        toReplies,
        rows: order.map((index) => ({ row: rows[index] ?? 0, total: totals[index] ?? 0 })),
        explain(place) {
          const index = order[place] ?? 0
          const absent = [...(cue.facts ? [] : ['fact']), ...(cue.likeness ? [] : ['likeness'])]
          const parts = scoreNames.flatMap((name, part): ScorePart[] => {
            if (absent.includes(name)) return []
            const [value, weight] = [values[index * width + part] ?? 0, weightOf[part] ?? 0]
            return [{ name, value, weight, contribution: weight * value }]
          })
          return { total: totals[index] ?? 0, parts }
        },
      }
    },
  }
}

type ValuesOf = {
  readonly table: MessageTable
  readonly kin: WordKin
  readonly weightOf: readonly number[]
  readonly rows: readonly number[]
  readonly match: Match
  readonly cue: AskedCue
  readonly toReplies: number
}

/** The values of all parts of all rows, `scoreNames.length` a row. */
function valuesOf({ table, kin, weightOf, rows, match, cue, toReplies }: ValuesOf): Float64Array {
  const { terms, range, vectors, likeness, facts } = cue
  const width = scoreNames.length
  const values = new Float64Array(rows.length * width)
  let nearest = 0
  for (const [index, row] of rows.entries()) {
    const message = table.message(row)
    const traits = table.traits(row)
    const near = nearMatches(table, row, match)
    const meaning = Math.max(0, vectors?.cosine(row) ?? 0)
    const byUser = message?.role === 'user'
    const answered = message?.role === 'assistant' ? table.parent(row) : -1
    const alike = Math.max(0, likeness?.cosine(row) ?? 0)
    nearest = Math.max(nearest, alike)
    const own = [
      match.of(row),
      meaning,
      0,
      match.ofEpisode(row),
      near.beside,
      near.around,
      answered < 0 ? 0 : match.of(answered),
      terms.speaker !== undefined && table.isSaidBy(row, terms.speaker) ? 1 : 0,
      range && message ? nearness(message.createdAt, range) : 0,
      byUser ? 1 - toReplies : 0,
      traits.statement ? 1 - toReplies : 0,
      terms.asksNumber && traits.number ? 1 : 0,
      traits.standing ? meaning : 0,
      facts?.get(row) ?? 0,
      alike,
    ]
    values.set(own, index * width)
  }
  const means = ownMeasure.map((part) => meanOfBest(values, part, width))
  for (const [place, part] of ownMeasure.entries()) divide(values, part, width, means[place] ?? 0)
  // In the measure of `words`: a reply to the best message is worth as much as that message.
  divide(values, answersPart, width, means[ownMeasure.indexOf(wordsPart)] ?? 0)
  const kinOf = kin.query(terms.topic)
  const all = table.liveRows <= fewMessages
  for (const index of all ? rows.keys() : bestWithoutKin(values, weightOf, rows.length))
    values[index * width + kinPart] = kinOf(rows[index] ?? 0)
  divide(values, kinPart, width, meanOfBest(values, kinPart, width))
  const best = rows.reduce((most, row) => Math.max(most, match.share(row)), 0)
  const byLikeness = (nearest - likenessFrom) / (likenessFull - likenessFrom)
  // A fact that holds enough of the cue's words to be a key shares them as well as a message would.
  const byFact = facts && facts.size > 0 ? 1 : 0
  const trust = Math.min(1, Math.max((best / trustedShare) ** 2, byLikeness, byFact))
  return values.map((value) => value * trust)
}

/** Places of the rows with the greatest scores as far as they are known, in a large collection: words of kin take longest. */
function bestWithoutKin(values: Float64Array, weightOf: readonly number[], count: number): readonly number[] {
  const width = weightOf.length
  const totals = new Float64Array(count)
  for (let index = 0; index < count; index++)
    for (let part = 0; part < width; part++)
      totals[index] = (totals[index] ?? 0) + (weightOf[part] ?? 0) * (values[index * width + part] ?? 0)
  const places = Array.from({ length: count }, (_, index) => index)
  return places.sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b).slice(0, maxKin)
}

/** 0 where the best message of the user shares as much with the cue as the best reply, 1 where only replies share something. */
function leaningToReplies(table: MessageTable, rows: readonly number[], match: Match): number {
  const best = { user: 0, assistant: 0 }
  for (const row of rows) {
    const role = table.message(row)?.role
    if (role) best[role] = Math.max(best[role], match.of(row))
  }
  return best.assistant > best.user ? 1 - best.user / best.assistant : 0
}

/** Whether a row has any of the relative parts: what shares neither words nor meaning with a cue, nor stands near such, is no answer. */
function sharesSomething(values: Float64Array, from: number): boolean {
  const likeness = values[from + scoreNames.length - 1] ?? 0
  return (
    likeness > 0 || (values[from + factPart] ?? 0) > 0 || values.subarray(from, from + relativeNames).some((value) => value > 0)
  )
}

function meanOfBest(values: Float64Array, part: number, width: number): number {
  const all = new Float64Array(values.length / width)
  for (let index = 0; index < all.length; index++) all[index] = values[index * width + part] ?? 0
  const best = all.sort().subarray(Math.max(0, all.length - topRows))
  return best.reduce((sum, value) => sum + value, 0) / Math.max(1, best.length)
}

/** Makes a part relative to a mean. */
function divide(values: Float64Array, part: number, width: number, mean: number): void {
  for (let at = part; at < values.length; at += width)
    values[at] = mean > 0 ? Math.min(mostRelative, (values[at] ?? 0) / mean) : 0
}

/** 1 within the range, falling to 1/e within a half of its length, at least three days, outside. */
function nearness(at: number, { from, to }: DateRange): number {
  const away = at < from ? from - at : at >= to ? at - to : 0
  return Math.exp(-away / Math.max(3 * dayMs, (to - from) / 2))
}
