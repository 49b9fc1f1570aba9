import type { Score, ScorePart } from './candidate.ts'
import type { CueTerms } from './cue-terms.ts'
import type { DateRange } from './date-range.ts'
import { createMatcher, type Match } from './match-messages.ts'
import type { MessageTable } from './message-table.ts'

/** Messages that are scored in full: those that share most with the cue; their neighbours on the branch come along. */
const maxScored = 250

/** What each part of a score counts. All values are 0…1 and the weights sum to 1, so that a total is 0…1. */
export const scoreNames = ['words', 'phrases', 'neighbours', 'conversation', 'speaker', 'statement', 'recency', 'date'] as const
export type ScoreWeights = Readonly<Record<(typeof scoreNames)[number], number>>
/**
 * Chosen on the development data (LoCoMo and LongMemEval together, halves of the conversations against each other); the
 * results of neighbouring weights differ by less than a point, so these are round.
 */
export const defaultWeights: ScoreWeights = {
  words: 0.38,
  phrases: 0.15,
  neighbours: 0.06,
  conversation: 0.18,
  speaker: 0.04,
  statement: 0.05,
  recency: 0.02,
  date: 0.12,
}

const dayMs = 86_400_000
/** Share of the cue at which the words back a score in full. */
const backedFrom = 0.11
/** Time in which the worth of being recent falls to 1/e. */
const recencyMs = 30 * dayMs

export type AskedCue = { readonly terms: CueTerms; readonly at: number; readonly range: DateRange | undefined }

export type ScoredMessages = {
  /** Best first. */
  readonly rows: readonly { readonly row: number; readonly total: number }[]
  /** The score in its parts; to be asked before the next cue. */
  readonly explain: (row: number) => Score
}

export interface MessageScorer {
  score(cue: AskedCue, mayFind: (row: number) => boolean): ScoredMessages
}

/** One weighted sum over the messages that share words with the cue and those beside them. */
export function createMessageScorer(table: MessageTable, weights: ScoreWeights): MessageScorer {
  const matcher = createMatcher(table)
  const weightOf = scoreNames.map((name) => weights[name])
  const values = new Float64Array(scoreNames.length)

  /** Fills `values` and gives the total, summed in the order of the parts (rule M7). */
  function total(row: number, match: Match, pairs: PairFinder, { terms, at, range }: AskedCue): number {
    const share = match.share(row)
    // What does not depend on the cue's words counts only as far as the words are there.
    const backed = Math.min(1, share / backedFrom)
    const said = table.message(row)?.createdAt ?? 0
    const isReply = table.message(row)?.role === 'assistant'
    values[0] = share
    values[1] = share === 0 ? 0 : pairs(row)
    values[2] = diffused(table, row, match)
    values[3] = backed * match.inConversation(row)
    values[4] = isReply === terms.asksAssistant ? backed : 0
    values[5] = table.isStatement(row) ? backed : 0
    values[6] = backed * Math.exp(-Math.max(0, at - said) / recencyMs)
    values[7] = range ? backed * near(said, range) : 0
    let sum = 0
    for (let index = 0; index < values.length; index++) sum += (weightOf[index] ?? 0) * (values[index] ?? 0)
    return sum
  }

  return {
    score(cue, mayFind) {
      const match = matcher.match(cue.terms)
      const pairs = pairFinder(table, cue.terms)
      const rows = new Set<number>()
      for (const row of match.best(maxScored))
        for (const one of [row, table.parent(row), ...table.children(row)]) if (one >= 0 && mayFind(one)) rows.add(one)
      const scored = [...rows].map((row) => ({ row, total: total(row, match, pairs, cue) }))
      return {
        rows: scored.sort((x, y) => y.total - x.total || y.row - x.row),
        explain(row) {
          const sum = total(row, match, pairs, cue)
          const parts = scoreNames.map((name, index): ScorePart => {
            const [value, weight] = [values[index] ?? 0, weightOf[index] ?? 0]
            return { name, value, weight, contribution: weight * value }
          })
          return { total: sum, parts }
        },
      }
    },
  }
}

/** What the messages one and two steps away on the branch share with the cue; a long message needs its neighbours less. */
function diffused(table: MessageTable, row: number, match: Match): number {
  const parent = table.parent(row)
  const before = parent < 0 ? 0 : match.share(parent)
  const grandparent = parent < 0 ? -1 : table.parent(parent)
  const twoBefore = grandparent < 0 ? 0 : match.share(grandparent)
  let after = 0
  let twoAfter = 0
  for (const child of table.children(row)) {
    after = Math.max(after, match.share(child))
    for (const grandchild of table.children(child)) twoAfter = Math.max(twoAfter, match.share(grandchild))
  }
  const shared = 0.27 * (before + after) + 0.23 * (twoBefore + twoAfter)
  return shared * (48 / (48 + table.length(row)))
}

type PairFinder = (row: number) => number

/** Share of the cue's word pairs that a message holds, by weight. */
function pairFinder(table: MessageTable, { pairs }: CueTerms): PairFinder {
  const all = pairs.reduce((sum, { weight }) => sum + weight, 0)
  const byFirst = new Map<number, { second: number; weight: number; stamp: number }[]>()
  for (const { first, second, weight } of pairs)
    byFirst.set(first, [...(byFirst.get(first) ?? []), { second, weight, stamp: -1 }])
  return (row) => {
    if (all === 0) return 0
    const terms = table.terms(row)
    let found = 0
    for (let index = 0; index + 1 < terms.length; index++)
      for (const pair of byFirst.get(terms[index] ?? -1) ?? []) {
        if (pair.second !== terms[index + 1] || pair.stamp === row) continue
        pair.stamp = row
        found += pair.weight
      }
    // Asked again for the same message, the pairs must be found again.
    for (const group of byFirst.values()) for (const pair of group) pair.stamp = -1
    return Math.min(1, found / all)
  }
}

/** 1 inside the time that the cue speaks of, falling outside: a date misread by a few days still helps. */
function near(said: number, { from, to }: DateRange): number {
  const off = Math.max(from - said, said - to, 0)
  return Math.exp(-off / (3 * dayMs + (to - from) / 4))
}
