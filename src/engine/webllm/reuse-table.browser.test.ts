import { MLCEngine } from '@mlc-ai/web-llm'
import { describe, expect, it } from 'vitest'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { assert } from '#shared/assert.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

/**
 * A campaign, `MODEL=built-in npm run campaign:reuse-table`: one talk with an edit in the middle, another reply, a switch of branches, a title
 * and a summary in between, once through our sequences and once with the plain library as its own examples drive it.
 * names the model, `tiny` or `built-in`; VITE_TURNS says how many turns.
 */
const model = import.meta.env.VITE_TABLE === 'built-in' ? builtIn : tinyModel
const turns = Number(import.meta.env.VITE_TURNS ?? 20)
const windowTokens = 4096
const replyTokens = 10
const instructions = 'You are a helpful assistant. Answer in one short sentence.'

type Call = { readonly what: string; readonly texts: readonly string[]; readonly head: string; readonly read: number }
type Ask = (what: string, head: string, texts: readonly string[], beside: boolean) => Promise<string>

async function talk(ask: Ask): Promise<void> {
  const at = (share: number) => Math.max(2, Math.round(turns * share))
  let texts: string[] = []
  let left: string[] = []
  for (let turn = 1; turn <= turns; turn++) {
    let what = `turn ${turn}`
    if (turn === at(0.5)) {
      left = [...texts]
      texts = texts.slice(0, Math.max(0, texts.length - 4))
      what += ', edits two turns back'
    }
    if (turn === at(0.75)) {
      texts = [...left]
      what += ', back on the first branch'
    }
    texts.push(`Turn ${turn}: say something about the number ${turn * 3}.`)
    let reply = await ask(what, instructions, texts, false)
    if (turn === at(0.6)) reply = await ask(`turn ${turn}, replied again`, instructions, texts, false)
    texts.push(reply)
    const said = texts.join('\n').slice(-600)
    if (turn === at(0.25)) await ask('a title', 'Write a title of at most six words.', [said], true)
    if (turn === at(0.65)) await ask('a summary', 'Sum up what was said.', [said], true)
  }
}

describe.skipIf(!import.meta.env.VITE_TABLE)('what is read and what is reused', () => {
  it(`${turns} turns, ${model.name}`, { timeout: 3_600_000 }, async () => {
    const build = model.builds.webllm
    assert(build?.baseUrl && build.libraryUrl, 'the model has a GPU build')
    const never = new AbortController().signal
    await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never })

    const plainCalls: Call[] = []
    const entry = { model: absoluteUrl(build.baseUrl), model_id: model.id, model_lib: absoluteUrl(build.libraryUrl) }
    const plain = new MLCEngine({ appConfig: { model_list: [entry], cacheBackend: 'cache' }, logLevel: 'ERROR' })
    await plain.reload(model.id, { context_window_size: windowTokens, sliding_window_size: -1, attention_sink_size: -1 })
    await talk(async (what, head, texts) => {
      const turn = (content: string, index: number) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }) as const
      const messages = [{ role: 'system', content: head } as const, ...texts.map(turn)]
      const { choices, usage } = await plain.chat.completions.create({ messages, max_tokens: replyTokens, temperature: 0 })
      plainCalls.push({ what, head, texts: [...texts], read: usage?.prompt_tokens ?? Number.NaN })
      return choices[0]?.message.content ?? ''
    })
    await plain.unload()

    const ours = await TinySession.load(windowTokens, model)
    const calls: Call[] = []
    await talk(async (what, head, texts, beside) => {
      const { text, end } = await ours.reply(greedy(chatPrompt(head, texts), replyTokens), never, beside ? undefined : 'a')
      calls.push({ what, head, texts: [...texts], read: end.inputTokens - end.cachedInputTokens })
      return text
    })
    const whole = ({ head, texts }: Call) =>
      chatPrompt(head, texts).reduce((sum, part) => sum + ours.pipeline.encode(part.text).length, 0)
    const row = (call: Call) => `${whole(call)}\t${whole(call) - call.read}\t${call.read}`
    console.log(
      [
        'call\tours: prompt\treused\tread\tplain: prompt\treused\tread',
        ...calls.map((call, index) => `${call.what}\t${row(call)}\t${row(plainCalls[index] ?? call)}`),
      ].join('\n'),
    )
    const share = (some: readonly Call[]) => {
      const later = some.slice(1)
      return 1 - later.reduce((sum, { read }) => sum + read, 0) / later.reduce((sum, call) => sum + whole(call), 0)
    }
    console.log(`reused of all prompt tokens after the first turn: ours ${share(calls)}, plain ${share(plainCalls)}`)
    // Nothing that stands in a prompt before what is new was read twice.
    const seen: string[] = []
    let twice = 0
    for (const call of calls) {
      const text = chatPrompt(call.head, call.texts)
        .map((part) => part.text)
        .join('')
      const common = Math.max(0, ...seen.map((other) => sharedLength(other, text)))
      const fresh = ours.pipeline.encode(text.slice(common)).length
      twice += Math.max(0, call.read - fresh)
      seen.push(text)
    }
    const all = calls.reduce((sum, call) => sum + whole(call), 0)
    console.log(`read twice: ${twice} of ${all} prompt tokens; never read twice: ${1 - twice / all}`)
    expect(1 - twice / all).toBeGreaterThan(0.95)
    expect(share(calls)).toBeGreaterThan(share(plainCalls))
    await ours.pipeline.unload()
  })
})

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
