import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { ask, ingest, loadWordVectors, sectionOf } from '../memory/ask-product.ts'
import { coversAnswer } from '../memory/metrics.ts'
import { type History, readSuite } from '../memory/read-sets.ts'
import { epochEnds } from './epoch-ends.ts'
import { epochsOf, liveEpoch, takeIn } from './live-through.ts'
import { memoryRuntime } from './memory-runtime.ts'
import { factsOf, oneBranch } from './one-branch.ts'
import { type Retained, retained } from './retention.ts'
import { printRetention, type RetentionRow, retentionRows, type Seen } from './retention-rows.ts'

/*
 * What summaries keep of what was said, pass after pass (SR@d), and what recall finds of the same in as many tokens. The
 * product's own memory jobs, with no model: summaries by extraction.
 */
const usage = `npm run bench:summaries -- --data DIR [--suite locomo,longmemeval,beam] [--limit HISTORIES] [--json FILE]
DIR holds the sets as docs/memory-scorecard.md says. Needs the built-in model's tokenizer: npm run model:get.`

const suites = ['locomo', 'longmemeval', 'beam'] as const
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    suite: { type: 'string', default: suites.join(',') },
    limit: { type: 'string' },
    json: { type: 'string' },
  },
})
function fail(what: string): never {
  console.error(`${what}\n\n${usage}`)
  process.exit(2)
}
const data = values.data ?? fail('Say where the sets are: --data DIR.')
const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit)
if (!(limit >= 1)) fail('The limit is a number of histories, at least 1.')
const wanted = values.suite
  .split(',')
  .map((name) => suites.find((suite) => suite === name) ?? fail(`There is no suite “${name}”.`))

const tokenizer = new URL('../../../.models/smollm2-135m/resolve/main/tokenizer.json', import.meta.url)
const counter = loadTokenCounter(builtIn.tokenizerId, JSON.parse(readFileSync(tokenizer, 'utf8')), 40_000_000)
const { count } = counter
const vectors = loadWordVectors()
const rows: RetentionRow[] = []
for (const suite of wanted) {
  const { histories } = readSuite(data, suite)
  const facts: Retained[] = []
  const recalled = new Map<Retained['fact'], Seen>()
  let passes = 0
  const started = performance.now()
  for (const history of histories.slice(0, limit)) {
    const { found, epochs } = await keepHistory(history)
    facts.push(...found)
    passes += epochs
    for (const [fact, seen] of recall(history, found)) recalled.set(fact, seen)
  }
  rows.push(
    ...retentionRows(suite, facts, {
      summary: ({ kept, text }) => ({ holds: kept, tokens: count(text) }),
      'with upper levels': (one) => ({ holds: one.keptInAnyLevel, tokens: count(one.levels) }),
      'recall, same tokens': ({ fact }) => recalled.get(fact) ?? { holds: false, tokens: 0 },
    }),
  )
  const asked = new Set(facts.map(({ fact }) => fact)).size
  console.log(`${suite}: ${asked} facts, ${passes} epochs in ${((performance.now() - started) / 1000).toFixed(0)} s`)
}
printRetention(rows)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows }, undefined, 1)}\n`)

/** Lives through a history with no model; what its summary held of the facts. */
async function keepHistory(history: History) {
  const branch = oneBranch(history)
  const runtime = memoryRuntime(counter, builtIn, false)
  await takeIn(runtime, branch)
  const epochs = epochsOf(branch, epochEnds(branch.messages, builtIn, count))
  for (const epoch of epochs) await liveEpoch(runtime, branch, epoch)
  return { found: retained(branch, runtime.memories.values(), factsOf(history)), epochs: epochs.length }
}

/** What the product would recall for the same questions, in as many tokens as the summary had when they were first in it. */
function recall(history: History, found: readonly Retained[]): ReadonlyMap<Retained['fact'], Seen> {
  const index = ingest(history, vectors)
  const seen = new Map<Retained['fact'], Seen>()
  for (const { fact, text } of found) {
    if (seen.has(fact)) continue
    const { answer, text: question } = fact
    const section = sectionOf(fact, ask(index, fact), count(text), count)
    seen.set(fact, { holds: coversAnswer(answer, question, section) ?? false, tokens: section.tokens })
  }
  return seen
}
