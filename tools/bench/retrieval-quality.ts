import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Candidate } from '#memory/candidate.ts'
import { createLexicalIndex } from '#memory/lexical-index.ts'
import { defaultWeights } from '#memory/score-messages.ts'
import type { MessageId } from '#shared/ids.ts'
import { type History, type Question, readLocomo, readLongMemEval } from './retrieval-data.ts'

const { values } = parseArgs({ options: { data: { type: 'string' }, limit: { type: 'string' } } })
if (!values.data) {
  console.error('Say where the sets are: npx tsx tools/bench/retrieval-quality.ts --data DIR [--limit HISTORIES]')
  process.exit(2)
}
const limit = Number(values.limit ?? Number.POSITIVE_INFINITY)

const onlyWords = {
  ...defaultWeights,
  words: 1,
  phrases: 0,
  neighbours: 0,
  conversation: 0,
  speaker: 0,
  statement: 0,
  recency: 0,
}
const systems = { longhand: defaultWeights, bm25: onlyWords } as const

/** Share of gold messages in the rounds of the first k candidates. */
function recall(candidates: readonly Candidate[], gold: readonly MessageId[], k: number): number {
  const found = new Set(
    candidates.slice(0, k).flatMap(({ evidence, key }) => [key, ...evidence.map(({ messageId }) => messageId)]),
  )
  return gold.filter((id) => found.has(id)).length / gold.length
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)
const percent = (share: number): string => (100 * share).toFixed(1).padStart(6)

function measure(name: string, histories: readonly History[], group: (question: Question) => string | undefined): void {
  for (const [system, weights] of Object.entries(systems)) {
    const rows = new Map<string, number[][]>()
    const confident = { asked: [] as number[], foreign: [] as number[] }
    for (const [number, { messages, questions }] of histories.entries()) {
      const index = createLexicalIndex(weights)
      index.add(messages)
      const ask = (question: Question) =>
        index.retrieve({
          text: question.text,
          at: question.at,
          conversationId: 'conv:new',
          excludeMessageIds: [],
          otherConversationsOnly: true,
          limit: 50,
        })
      for (const question of questions) {
        const kind = group(question)
        if (kind === undefined) continue
        const { candidates, threshold } = ask(question)
        const passing = candidates.filter(({ score }) => score.total >= threshold)
        const results = [5, 10, 20]
          .map((k) => recall(candidates, question.gold, k))
          .concat(recall(passing, question.gold, 10), passing.length)
        for (const key of [kind, 'all']) rows.set(key, [...(rows.get(key) ?? []), results])
        confident.asked.push(candidates[0]?.score.total ?? 0)
      }
      // Questions about somebody else's life: nothing here answers them.
      for (const question of histories[(number + 1) % histories.length]?.questions ?? [])
        confident.foreign.push(ask(question).candidates[0]?.score.total ?? 0)
    }
    console.log(`\n${name}, ${system}: recall of gold messages in %, by rounds shown`)
    console.log('group                          n    R@5   R@10   R@20  R@10 above threshold  items above it')
    for (const [key, results] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
      const column = (index: number): number => mean(results.map((row) => row[index] ?? 0))
      console.log(
        `${key.padEnd(28)}${String(results.length).padStart(4)} ${percent(column(0))} ${percent(column(1))} ${percent(column(2))} ${percent(column(3))}                ${column(4).toFixed(1)}`,
      )
    }
    const quantiles = (numbers: number[]): string => {
      const sorted = numbers.toSorted((a, b) => a - b)
      return [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
        .map((q) => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(3))
        .join(' ')
    }
    console.log(`best score, own questions     (5 10 25 50 75 90 95 %): ${quantiles(confident.asked)}`)
    console.log(`best score, others' questions (5 10 25 50 75 90 95 %): ${quantiles(confident.foreign)}`)
  }
}

measure('LoCoMo', readLocomo(join(values.data, 'locomo')).slice(0, limit), ({ kind }) => kind)
measure('LongMemEval', readLongMemEval(join(values.data, 'longmemeval-s')).slice(0, limit), ({ kind, gold }) =>
  kind === 'abstain' || gold.length === 0 ? undefined : kind,
)
