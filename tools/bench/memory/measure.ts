import type { CountTokens } from '#context/assemble-input.ts'
import type { Retrieval } from '#memory/cue.ts'
import type { LexicalIndex } from '#memory/lexical-index.ts'
import type { WordVectors } from '#memory/word-vectors.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Plan } from '#strategies/profile.ts'
import { ask, askWithPlan, ingest, sectionOf } from './ask-product.ts'
import { bm25Weights, recency } from './baselines.ts'
import type { EmbeddingCache } from './embedding-cache.ts'
import { coversAnswer, dating, ndcgAt10, recallAt, reciprocalRank, shownOf } from './metrics.ts'
import type { History, Question, Suite } from './read-sets.ts'

export const systems = ['longhand', 'bm25', 'recency'] as const
export type System = (typeof systems)[number]

/** One figure of one question, 0…1 (a confidence where the metric says so). */
export type Figure = {
  readonly suite: Suite
  readonly system: System
  readonly metric: string
  readonly budget: number | null
  /** The question's kind, and the groups that it counts in besides `all`. */
  readonly categories: readonly string[]
  readonly value: number
}

export type Costs = { ingestMs: number; messages: number; readonly queryMs: number[] }

export type MeasureRequest = {
  readonly suite: Suite
  readonly history: History
  readonly budgets: readonly number[]
  readonly plan: Plan
  readonly count: CountTokens
  readonly vectors: WordVectors | undefined
  /** Whether phrases of the cue tell that it asks for replies. */
  readonly readsPhrases: boolean
  /** Vectors of the neural embedder; absent: it is off. */
  readonly embeddings: EmbeddingCache | undefined
  readonly take: (figure: Figure) => void
  readonly costs: Costs
}

/** Takes a history in and asks all its questions of every system. */
export function measureHistory(request: MeasureRequest): void {
  const { suite, history, budgets, count, vectors, readsPhrases, embeddings, take, costs } = request
  const started = performance.now()
  const index = ingest(history, vectors, { readsPhrases }, embeddings)
  costs.ingestMs += performance.now() - started
  costs.messages += history.conversations.reduce((sum, { messages }) => sum + messages.length, 0)
  const byWords = ingest(history, undefined, { weights: bm25Weights })
  const texts = new Map(history.conversations.flatMap(({ messages }) => messages.map(({ id, text }) => [id, text])))
  const textOf = (id: MessageId) => texts.get(id) ?? ''
  for (const question of history.questions) {
    const categories = categoriesOf(suite, question)
    for (const system of systems) {
      const retrieval = retrieve(system, index, byWords, question, request)
      const figure = (metric: string, budget: number | null, value: number | undefined) => {
        if (value !== undefined) take({ suite, system, metric, budget, categories, value })
      }
      if (suite !== 'locomo') figure('confidence', null, retrieval.confidence)
      const answerable = suite === 'locomo' || !question.abstain
      if (!answerable) continue
      if (question.gold.length > 0) {
        for (const k of [5, 10, 20]) figure(`R@${k}`, null, recallAt(k, question.gold, retrieval.candidates))
        figure('MRR', null, reciprocalRank(question.gold, retrieval.candidates))
        figure('nDCG@10', null, ndcgAt10(question.gold, retrieval.candidates))
      }
      for (const budget of budgets) {
        const section = sectionOf(question, retrieval, budget, count)
        if (section.tokens > budget)
          throw new Error(`The section of ${question.key} takes ${section.tokens} of ${budget} tokens.`)
        const { dated, inOrder } = dating(section)
        if (section.items.length > 0) {
          figure('DT', budget, dated)
          figure('DT-order', budget, inOrder ? 1 : 0)
        }
        const covered = question.answer === undefined ? undefined : coversAnswer(question.answer, question.text, section)
        const covers = covered === undefined ? undefined : Number(covered)
        figure('AC', budget, covers)
        if (question.category === 'single-session-assistant') figure('AS', budget, covers)
        if (question.gold.length === 0) continue
        const shown = shownOf(question.gold, section, textOf)
        figure('E', budget, shown.length / question.gold.length)
        figure('A', budget, shown.length === question.gold.length ? 1 : 0)
        if (/^(?:instruction|preference)_following$/.test(question.category))
          figure('IP', budget, shown.length / question.gold.length)
        if (question.newest.length > 0) {
          const newest = question.newest.every((id) => shown.includes(id))
          figure('KU-newest', budget, newest ? 1 : 0)
          const some = question.newest.some((id) => shown.includes(id))
          figure('KU-stale', budget, !some && question.older.some((id) => shown.includes(id)) ? 1 : 0)
        }
      }
    }
  }
}

/** Groups besides `all`: the set's own kind, LoCoMo's headline 1-4, LongMemEval's user-side evidence, and what cannot be answered. */
function categoriesOf(suite: Suite, { category, abstain }: Question): readonly string[] {
  const groups = [category]
  if (suite === 'locomo' && /^[1-4]$/.test(category)) groups.push('1-4')
  if (suite === 'longmemeval' && category !== 'single-session-assistant' && !abstain) groups.push('user')
  if (abstain) groups.push('unanswerable')
  return groups
}

function retrieve(
  system: System,
  index: LexicalIndex,
  byWords: LexicalIndex,
  question: Question,
  { history, plan, embeddings, costs }: MeasureRequest,
): Retrieval {
  if (system === 'recency') return recency(history, question)
  if (system === 'bm25') return ask(byWords, question)
  const started = performance.now()
  const retrieval = askWithPlan(index, question, plan, embeddings)
  costs.queryMs.push(performance.now() - started)
  return retrieval
}
