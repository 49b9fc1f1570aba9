import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import type { Ask } from '#memory/ask.ts'
import { noteCalls } from '#runtime/note-calls.ts'
import { chooseOnce } from '#runtime/pick-memories.ts'
import { type LoadedEngine, sideCall } from '#runtime/side-call.ts'
import { chosenFrom } from '#strategies/apply-seek.ts'
import { type History, readSuite } from '../memory/read-sets.ts'
import { epochEnds } from '../summaries/epoch-ends.ts'
import { epochsOf, liveEpoch, takeIn } from '../summaries/live-through.ts'
import { memoryRuntime } from '../summaries/memory-runtime.ts'
import { factsOf, oneBranch } from '../summaries/one-branch.ts'
import { type Retained, retained } from '../summaries/retention.ts'
import { printRetention, retentionRows } from '../summaries/retention-rows.ts'
import { keptCalls } from './kept-calls.ts'
import { addChoice, bestThreshold, type MeasuredChoice, measureChoice, printChoice } from './measure-choice.ts'
import { measureSettling } from './measure-settling.ts'
import { openScribe } from './open-scribe.ts'
import { addScribes, printScribe, reportScribe, type ScribeReport } from './scribe-report.ts'
import { servedScribe } from './served-scribe.ts'

/*
 * The built-in model as a scribe, which the product never makes it: it writes summaries and facts and settles them through the
 * product's own functions and checks, on the CPU engine in a real page or on a server. Beside it the rules, over the same conversations.
 */
const usage = `npm run campaign:scribe -- --data DIR [--suite locomo] [--conversations 1] [--epochs N] [--window 4096] [--facts N] [--questions N] [--settle] [--minutes N] [--served] [--calls FILE] [--json FILE]
  --window     tokens of the window: a smaller one has shorter epochs, and more of them
  --facts      epochs after the first, the longest, at whose end the model writes facts too; at the others the summary alone
  --questions  choices of memories that the model makes, a conversation (default 0)
  --settle     the model also says of facts that rules read, and are in doubt about, whether they are new
  --served     by llama.cpp on a server of this machine in place of the page: the same file, several times faster
  --minutes    after which no further epoch is begun
  --calls      JSON lines of every answer; a run that was cut off goes on from it (default: scribe-calls.jsonl)`

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    suite: { type: 'string', default: 'locomo' },
    conversations: { type: 'string', default: '1' },
    epochs: { type: 'string' },
    window: { type: 'string', default: String(builtIn.defaultWindow) },
    facts: { type: 'string' },
    questions: { type: 'string', default: '0' },
    settle: { type: 'boolean', default: false },
    served: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    calls: { type: 'string', default: 'scribe-calls.jsonl' },
    json: { type: 'string' },
  },
})
const { data, suite } = values
if (data === undefined || (suite !== 'locomo' && suite !== 'longmemeval' && suite !== 'beam')) {
  console.error(usage)
  process.exit(2)
}
const most = (text: string | undefined) => (text === undefined ? Number.POSITIVE_INFINITY : Number(text))

const tokenizer = new URL('../../../.models/smollm2-135m/resolve/main/tokenizer.json', import.meta.url)
const counter = loadTokenCounter(builtIn.tokenizerId, JSON.parse(readFileSync(tokenizer, 'utf8')), 40_000_000)
/** As the catalogue has it, but allowed to write. */
const model = { ...builtIn, writesMemory: true, defaultWindow: Number(values.window) }
const engine = keptCalls(values.calls, () => (values.served ? servedScribe : openScribe)(model.defaultWindow))
const scribe: LoadedEngine = {
  ready: () => ({
    engine,
    model,
    counter,
    loaded: {
      engine: 'wllama',
      modelId: model.id,
      windowTokens: model.defaultWindow,
      runsOn: 'CPU',
      scoresTokens: false,
      reuse: 'several',
    },
  }),
}

const kept: { readonly model: Retained[]; readonly rules: Retained[] } = { model: [], rules: [] }
const choices: MeasuredChoice[] = []
const reports: Record<'model' | 'rules', ScribeReport | undefined> = { model: undefined, rules: undefined }
for (const history of readSuite(data, suite).histories.slice(0, most(values.conversations))) {
  let upTo = most(values.epochs)
  for (const by of ['model', 'rules'] as const) {
    const { facts, choice, report, epochs } = await write(history, by, upTo)
    upTo = epochs
    if (by === 'model') choices.push(choice)
    kept[by].push(...facts)
    reports[by] = addScribes(reports[by], report)
  }
}
engine.dispose()

if (reports.model) printScribe('the built-in model', reports.model)
if (reports.rules) printScribe('rules', reports.rules)
console.log('\nmemories chosen for a question')
for (const by of ['rules', 'model'] as const)
  printChoice(
    by,
    choices.reduce((total, choice) => addChoice(total, choice[by]), { questions: 0, right: 0, chosen: 0 }),
  )
console.log(`  threshold of the rule ${chosenFrom}; best for these ${bestThreshold(choices).toFixed(2)}`)
const rows = (['model', 'rules'] as const).flatMap((by) =>
  retentionRows(suite, kept[by], { [by]: (one) => ({ holds: one.kept, tokens: counter.count(one.text) }) }),
)
printRetention(rows)
const sum = (of: (end: ReturnType<typeof engine.calls>[number]['end']) => number) =>
  engine.calls().reduce((total, { end }) => total + of(end), 0)
const [read, written] = [sum((end) => end.inputTokens - end.cachedInputTokens), sum((end) => end.outputTokens)]
const [readMs, writeMs] = [sum((end) => end.prefillMs), sum((end) => end.decodeMs)]
console.log(
  `\n${engine.calls().length} calls: ${read} tokens read at ${((1000 * read) / readMs).toFixed(0)}/s, ${written} written at ${((1000 * written) / writeMs).toFixed(0)}/s, ${((readMs + writeMs) / 60_000).toFixed(1)} minutes of the engine`,
)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows, ...reports }, undefined, 1)}\n`)

/** Lives through a history, with the model as the scribe or with rules alone. */
async function write(history: History, by: 'model' | 'rules', upTo: number) {
  const branch = oneBranch(history)
  const runtime = memoryRuntime(counter, model, by === 'model')
  await takeIn(runtime, branch)
  const epochs = epochsOf(branch, epochEnds(branch.messages, model, counter.count)).slice(0, upTo)
  let lived = 0
  for (const [index, epoch] of epochs.entries()) {
    if (by === 'model' && performance.now() > most(values.minutes) * 60_000) break
    lived++
    // Everyday writes facts at the end of an epoch; of Project, that end writes the summary alone.
    const profile = index > 0 && index <= most(values.facts) ? 'everyday' : 'project'
    await runtime.services.storage.chat.updateConversation(branch.conversation.id, { profile })
    await liveEpoch(runtime, branch, epoch, ...(by === 'model' ? [scribe] : []))
    if (by === 'model') console.error(`${history.name}: epoch ${index + 1} of ${epochs.length}`)
  }
  const known = factsOf(history)
  const ask: Ask = (prompt, maxOutputTokens) =>
    sideCall(runtime, scribe, { prompt, maxOutputTokens }, new AbortController().signal)
  const choose = by === 'model' ? chooseOnce(runtime, ask) : undefined
  const choice = await measureChoice([...runtime.memories.values()], known, choose, most(values.questions))
  if (by === 'model' && values.settle)
    await noteCalls(runtime.services.storage.settings, 'reconcile', await measureSettling(branch, ask))
  const report = await reportScribe(runtime, branch.messages)
  return { epochs: lived, choice, facts: retained(branch, runtime.memories.values(), known), report }
}
