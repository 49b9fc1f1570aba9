import { describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import type { Engine } from '#ports/engine.ts'
import { builtIn } from './catalogue/built-in.ts'
import { tinyModel } from './catalogue/tiny-model.ts'
import { inPieces, type Pieces } from './testing/in-pieces.ts'
import { openPlainWebllm, openPlainWllama } from './testing/plain-engines.ts'
import { type Question, reuseTalk } from './testing/reuse-talk.ts'
import { loadTokenCounter } from './tokenizer/load-token-counter.ts'
import { createWebllmEngine } from './webllm/create-webllm-engine.ts'
import { createWllamaEngine } from './wllama/create-wllama-engine.ts'

/**
 * A campaign, `npm run campaign:reuse-table`: one talk through the engine as the product drives it, and through the plain library as
 * its own examples drive it. MODEL is `tiny` or `built-in`, ENGINE `webllm` or `wllama`, TURNS how many. It stops after VITE_MINUTES
 * and goes on when it is started again; what the caches held then is read again and not counted.
 */
const env = import.meta.env as Readonly<Record<string, string | undefined>>
const engineName = env.VITE_ENGINE === 'wllama' ? 'wllama' : 'webllm'
const model = env.VITE_TABLE === 'built-in' ? builtIn : tinyModel
const turns = Number(env.VITE_TURNS || 20)
const { template } = model
const windowTokens = 2048
const replyTokens = 16
const conversation = 'talk'
const never = new AbortController().signal

type Call = Question & { readonly reply: string; readonly prompt: number; readonly read: number }
type Asked = Pick<Call, 'reply' | 'prompt' | 'read'>

class Paused extends Error {}

/** The talk, on from what is on record: before the first request that is not, `restore` brings the cache to where it was. */
async function goOn(
  pieces: Pieces<Call>,
  ask: (question: Question) => Promise<Asked>,
  restore: (calls: readonly Call[]) => Promise<void>,
) {
  const known = [...pieces.rows]
  let restored = known.length === 0
  let next = 0
  await reuseTalk(turns, async (question) => {
    const before = known[next++]
    if (before) return before.reply
    if (pieces.isOver()) throw new Paused()
    if (!restored) await restore(known)
    restored = true
    const asked = await ask(question)
    await pieces.add({ ...question, ...asked })
    return asked.reply
  })
}

describe.skipIf(!env.VITE_TABLE)('what is read and what is reused', () => {
  it(`${turns} turns, ${model.name}, ${engineName}`, { timeout: 3_600_000 }, async () => {
    const name = `reuse-${engineName}-${model.id}-${turns}`
    const ours = await inPieces<Call>(`${name}-ours`)
    const plain = await inPieces<Call>(`${name}-plain`)
    const tokenizer: unknown = await (await fetch(model.tokenizerUrl)).json()
    const { count } = loadTokenCounter(model.tokenizerId, tokenizer)
    try {
      await throughOurs(ours)
      await throughPlain(plain, count)
    } catch (error) {
      if (!(error instanceof Paused)) throw error
      console.log(`paused after ${ours.rows.length} and ${plain.rows.length} requests; start it again to go on`)
      report(ours.rows, plain.rows, count)
      return
    }
    const { once, plainOnce } = report(ours.rows, plain.rows, count)
    expect(once).toBeGreaterThanOrEqual(0.95)
    expect(once).toBeGreaterThan(plainOnce)
  })
})

async function throughOurs(pieces: Pieces<Call>): Promise<void> {
  const engine = engineName === 'wllama' ? createWllamaEngine() : createWebllmEngine()
  try {
    await engine.load({ model, windowTokens }, () => {}, never)
    const ask = (question: Question) => askEngine(engine, question)
    await goOn(pieces, ask, async (calls) => {
      const chats = calls.filter(({ beside }) => !beside)
      for (const [at, call] of chats.entries())
        if (!chats.slice(at + 1).some(({ texts }) => call.texts.every((text, index) => texts[index] === text))) await ask(call)
    })
  } finally {
    engine.dispose()
  }
}

async function askEngine(engine: Engine, question: Question): Promise<Asked> {
  const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: replyTokens }
  const request = { prompt: promptOf(question), sampling, stop: template.stop, ...(!question.beside && { conversation }) }
  let reply = ''
  for await (const event of engine.generate(request, never)) {
    if (event.type === 'text-delta') reply += event.text
    if (event.type === 'generation-end')
      return { reply, prompt: event.inputTokens, read: event.inputTokens - event.cachedInputTokens }
  }
  throw new Error('The generation ended without its last event.')
}

function promptOf({ head, texts }: Pick<Question, 'head' | 'texts'>): PromptPart[] {
  const turn = (text: string, index: number): PromptPart => {
    const role = index % 2 === 0 ? 'user' : 'assistant'
    return { role, text: template[role].before + text + template[role].after }
  }
  return [
    { role: 'system', text: template.start + template.system.before + head + template.system.after },
    ...texts.map(turn),
    { role: 'reply', text: template.assistant.before },
  ]
}

async function throughPlain(pieces: Pieces<Call>, count: (text: string) => number): Promise<void> {
  const whole = (question: Pick<Question, 'head' | 'texts'>) => promptOf(question).reduce((sum, { text }) => sum + count(text), 0)
  const open = engineName === 'wllama' ? openPlainWllama : openPlainWebllm
  const plain = await open(model, windowTokens, replyTokens, (head, texts) => whole({ head, texts }))
  try {
    const ask = ({ head, texts }: Question) => plain.ask(head, texts)
    await goOn(pieces, ask, async (calls) => {
      const last = calls.at(-1)
      if (last) await ask(last)
    })
  } finally {
    await plain.close()
  }
}

function report(ours: readonly Call[], plain: readonly Call[], count: (text: string) => number) {
  const row = (call?: Call) => (call ? `${call.prompt} | ${call.prompt - call.read} | ${call.read}` : '')
  const head =
    '| request | ours: prompt | reused | read | plain: prompt | reused | read |\n| --- | --- | --- | --- | --- | --- | --- |'
  console.log([head, ...ours.map((call, index) => `| ${call.what} | ${row(call)} | ${row(plain[index])} |`)].join('\n'))
  const reused = (calls: readonly Call[]) => {
    const later = calls.slice(1)
    return 1 - later.reduce((sum, { read }) => sum + read, 0) / later.reduce((sum, { prompt }) => sum + prompt, 0)
  }
  console.log(`reused of all prompt tokens after the first turn: ours ${reused(ours)}, plain ${reused(plain)}`)
  const [once, plainOnce] = [neverTwice(ours, count), neverTwice(plain, count)]
  console.log(`never read twice: ours ${once}, plain ${plainOnce}`)
  return { once, plainOnce }
}

/**
 * Share of the prompt tokens after the first request that were not read although they had stood before in the same place, at the
 * beginning of an earlier prompt or of its reply.
 */
function neverTwice(calls: readonly Call[], count: (text: string) => number): number {
  const seen: string[] = []
  let twice = 0
  let all = 0
  for (const [index, call] of calls.entries()) {
    const text = promptOf(call)
      .map((part) => part.text)
      .join('')
    const common = Math.max(0, ...seen.map((other) => sharedLength(other, text)))
    if (index > 0) {
      twice += Math.max(0, call.read - count(text.slice(common)))
      all += call.prompt
    }
    seen.push(text + call.reply)
  }
  return 1 - twice / all
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
