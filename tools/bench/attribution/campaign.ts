import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findMakers, makerItems } from '#context/attribution/find-makers.ts'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { createScriptedEngine } from '#engine/scripted/create-scripted-engine.ts'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { scriptedCounter } from '#engine/scripted/scripted-tokens.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { jsonLines } from '../../campaign/json-lines.ts'
import { seededRandom } from '../../crash/random.ts'
import { openScribe } from '../scribe/open-scribe.ts'
import { type PlantedDialog, plantedDialog } from './planted-dialog.ts'

/*
 * Whether the search for what made a reply finds a planted line, and in how many runs: with a scripted model that answers from
 * that line alone, and with the built-in model, greedy, on the CPU engine in a real page.
 *
 *   npm run campaign:attribution -- [--cases 400] [--dialogs 12] [--lines 8] [--minutes 4]
 *     --cases    scripted dialogs of 2 to 48 lines
 *     --dialogs  dialogs that the built-in model answers, of --lines each; 0 asks it nothing
 *     --minutes  after which no further dialog is begun; run again it goes on where it stopped
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '400' },
    dialogs: { type: 'string', default: '12' },
    lines: { type: 'string', default: '8' },
    minutes: { type: 'string', default: '4' },
  },
})
const keep = 2
const [cases, dialogs, lines, minutes] = [values.cases, values.dialogs, values.lines, values.minutes].map(Number) as [
  number,
  number,
  number,
  number,
]

type Result = { readonly found: boolean; readonly calls: number; readonly within: boolean }
/** What the built-in model did with one dialog. */
type Answered = Result & {
  readonly right: boolean
  readonly shortlisted: boolean
  readonly recorded: string
  readonly answer: string
}

/** Searches with an engine; `undefined` where its reply to the whole prompt does not hold the planted answer. */
async function search(dialog: PlantedDialog, answer: (prompt: readonly PromptPart[]) => Promise<string>) {
  const { manifest, culprit } = dialog
  const recorded = await answer(manifest.prompt)
  const items = makerItems(manifest).length
  let calls = 0
  const found = await findMakers({
    manifest,
    recorded,
    keep,
    answer(prompt) {
      calls++
      return answer(prompt)
    },
  })
  const result: Result = {
    found: found[0]?.refs[0] === culprit,
    calls,
    within: calls <= 2 * keep * Math.ceil(Math.log2(Math.max(2, items))),
  }
  return { recorded, result, shortlisted: found.some(({ refs }) => refs[0] === culprit), items }
}

function show(what: string, results: readonly Result[]): void {
  const share = (count: number) => `${count} of ${results.length} (${((100 * count) / results.length).toFixed(1)} %)`
  const calls = results.map((one) => one.calls).sort((a, b) => a - b)
  console.log(
    `${what}: found within 2K·⌈log2 n⌉ runs, K ${keep}: ${share(results.filter((one) => one.found && one.within).length)}`,
  )
  console.log(
    `  found ${share(results.filter((one) => one.found).length)}; runs p50 ${calls[calls.length >> 1]}, most ${calls.at(-1)}`,
  )
}

const chance = seededRandom(7)
const scripted: Result[] = []
for (let n = 0; n < cases; n++) {
  const dialog = plantedDialog({
    chance,
    lines: 2 + Math.floor(chance() * 47),
    template: scriptedModel.template,
    tokenizerId: 'scripted',
    count: scriptedCounter.count,
    windowTokens: 8192,
  })
  const engine = createScriptedEngine({
    // Where the line is missing it answers something else each time, as like the true answer as chance makes it.
    reply: (prompt) =>
      prompt.some(({ text }) => text.includes(dialog.answer))
        ? `It is with our neighbour ${dialog.answer}.`
        : `It is with ${['our neighbour', 'somebody', 'the owner'][Math.floor(chance() * 3)]} of the ${['red', 'blue', 'green'][Math.floor(chance() * 3)]} house.`,
  })
  const signal = new AbortController().signal
  await engine.load({ model: scriptedModel, windowTokens: 8192 }, () => {}, signal)
  const answer = async (prompt: readonly PromptPart[]) => {
    let text = ''
    for await (const event of engine.generate(
      { prompt, sampling: dialog.manifest.sampling, stop: scriptedModel.template.stop },
      signal,
    ))
      if (event.type === 'text-delta') text += event.text
    return text
  }
  scripted.push((await search(dialog, answer)).result)
  engine.dispose()
}
show(`scripted, ${cases} dialogs of 2 to 48 lines`, scripted)

if (dialogs > 0) {
  const tokenizer = new URL('../../../.models/smollm2-135m/resolve/main/tokenizer.json', import.meta.url)
  const counter = loadTokenCounter(builtIn.tokenizerId, JSON.parse(readFileSync(tokenizer, 'utf8')))
  const until = Date.now() + minutes * 60_000
  const scribe = await openScribe(1024)
  const results = jsonLines<Answered>(`attribution-${lines}-lines`)
  const all = [...results.read()]
  while (all.length < dialogs && Date.now() < until) {
    const { template, tokenizerId } = builtIn
    const dialog = plantedDialog({
      // Each by its number: the same dialog in whichever piece it is run.
      chance: seededRandom(1000 + all.length),
      lines,
      template,
      tokenizerId,
      count: counter.count,
      windowTokens: 1024,
    })
    const { recorded, result, shortlisted } = await search(dialog, async (prompt) => {
      return (await scribe.complete({ prompt, sampling: dialog.manifest.sampling, stop: template.stop })).text
    })
    const [first = '', , last = ''] = dialog.answer.split(' ')
    const one = {
      ...result,
      right: recorded.includes(first) && recorded.includes(last),
      shortlisted,
      recorded,
      answer: dialog.answer,
    }
    all.push(one)
    results.add(one)
    console.log(`  ${all.length}: ${JSON.stringify(one)}`)
  }
  await scribe.close()
  const right = all.filter((one) => one.right)
  if (right.length > 0) {
    show(`${builtIn.name}, ${lines} lines, replies that hold the planted answer`, right)
    console.log(`  among the last ${keep}: ${right.filter(({ shortlisted }) => shortlisted).length} of ${right.length}`)
  }
  const wrong = all.filter((one) => !one.right)
  if (wrong.length > 0) show(`${builtIn.name}, replies that do not hold it`, wrong)
}
