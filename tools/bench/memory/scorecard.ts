import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import type { ImportProblem } from '#lab/importers/imported.ts'
import { planOf, profiles } from '#strategies/profiles.ts'
import { loadWordVectors } from './ask-product.ts'
import { openEmbeddingCache } from './embedding-cache.ts'
import { leaked } from './isolation.ts'
import { type Costs, type Figure, measureHistory } from './measure.ts'
import { measureTopics } from './measure-topics.ts'
import { type Measured, partsApart } from './parts-apart.ts'
import { printRows } from './print-rows.ts'
import { readSuite, type Suite, suites } from './read-sets.ts'
import { rowsOf } from './rows.ts'

const usage = `npm run bench:memory -- --data DIR [--suite locomo,longmemeval,beam,tiage] [--budget 1000,2000,4000,8000]
  [--profile NAME] [--limit HISTORIES] [--without-vectors] [--without-phrases] [--embedder FILE] [--json FILE]
DIR holds the sets as docs/memory-scorecard.md says. FILE of --embedder is made by npm run bench:embed. Needs the built-in model's tokenizer: npm run model:get.`

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    suite: { type: 'string', default: suites.join(',') },
    budget: { type: 'string', default: '1000,2000,4000,8000' },
    profile: { type: 'string', default: 'everyday' },
    limit: { type: 'string' },
    'without-vectors': { type: 'boolean', default: false },
    'without-phrases': { type: 'boolean', default: false },
    embedder: { type: 'string' },
    json: { type: 'string' },
    // Which histories a process of its own measures, as "0/2": see partsApart.
    part: { type: 'string' },
  },
})

function fail(what: string): never {
  console.error(`${what}\n\n${usage}`)
  process.exit(2)
}

const data = values.data ?? fail('Say where the sets are: --data DIR.')
const wanted = values.suite
  .split(',')
  .map((name) => suites.find((suite) => suite === name) ?? fail(`There is no suite “${name}”.`))
const budgets = values.budget.split(',').map(Number)
if (budgets.some((budget) => !(budget >= 100))) fail('A budget is a number of tokens, at least 100.')
if (!profiles.some(({ id }) => id === values.profile))
  fail(`There is no profile “${values.profile}”: ${profiles.map(({ id }) => id).join(', ')}.`)
const plan = planOf(values.profile)
const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit)
if (!(limit >= 1)) fail('The limit is a number of histories, at least 1.')

const started = performance.now()
if (values.part === undefined) {
  const measured = await partsApart(wanted, otherOptions())
  const rows = rowsOf(measured.flatMap(({ figures }) => figures))
  printRows(rows, sumOf(measured), (performance.now() - started) / 1000)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows }, undefined, 1)}\n`)
} else {
  const [part = 0, parts = 1] = values.part.split('/').map(Number)
  const measured = wanted.map((suite) => measurePart(suite, part, parts))
  writeFileSync(values.json ?? fail('A part needs --json FILE.'), JSON.stringify(measured[0]))
}

function otherOptions(): readonly string[] {
  const named = ['data', 'budget', 'profile', 'limit', 'embedder'] as const
  const switches = ['without-vectors', 'without-phrases'] as const
  return [
    ...named.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
    ...switches.flatMap((name) => (values[name] ? [`--${name}`] : [])),
  ]
}

function sumOf(measured: readonly Measured[]): Costs {
  const sum = (of: (costs: Costs) => number) => measured.reduce((total, { costs }) => total + of(costs), 0)
  return {
    ingestMs: sum(({ ingestMs }) => ingestMs),
    messages: sum(({ messages }) => messages),
    queryMs: measured.flatMap(({ costs }) => costs.queryMs),
  }
}

/** Measures every so manyth history of a suite. The first part says what could not be read, and checks isolation. */
function measurePart(suite: Suite, part: number, parts: number): Measured {
  const figures: Figure[] = []
  const costs: Costs = { ingestMs: 0, messages: 0, queryMs: [] }
  const take = (figure: Figure) => void figures.push(figure)
  if (suite === 'tiage') {
    report(suite, measureTopics(data, limit, take))
    return { figures, costs }
  }
  const tokenizer = new URL('../../../.models/smollm2-135m/resolve/main/tokenizer.json', import.meta.url)
  const { count } = loadTokenCounter(builtIn.tokenizerId, JSON.parse(readFileSync(tokenizer, 'utf8')), 400_000_000)
  const vectors = values['without-vectors'] ? undefined : loadWordVectors()
  const embeddings = values.embedder === undefined ? undefined : openEmbeddingCache(values.embedder)
  if (embeddings?.size === 0) fail(`There are no embeddings in ${values.embedder}.`)
  const { histories, problems } = readSuite(data, suite)
  if (part === 0) report(suite, problems)
  const chosen = histories.slice(0, limit)
  for (const [index, history] of chosen.entries()) {
    if (index % parts !== part) continue
    const readsPhrases = !values['without-phrases']
    measureHistory({ suite, history, budgets, plan, count, vectors, readsPhrases, embeddings, take, costs })
    if (process.stderr.isTTY) process.stderr.write(`\r${suite} ${index + 1}/${chosen.length} `)
  }
  const [own, other] = chosen
  if (part > 0 || !own || !other) return { figures, costs }
  const { found, leaked: left } = leaked(own, other, vectors)
  if (found === 0) throw new Error('The check of isolation found nothing to delete.')
  take({ suite, system: 'longhand', metric: 'X', budget: null, categories: [], value: left / 100 })
  return { figures, costs }
}

function report(suite: Suite, problems: readonly ImportProblem[]): void {
  for (const { file, at, why } of problems.slice(0, 20)) console.log(`${suite}: ${file}, ${at}: ${why}`)
  console.log(`${suite}: ${problems.length} rows or parts of rows could not be read`)
}
