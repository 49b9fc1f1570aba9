import { describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from './catalogue/built-in.ts'
import { tinyModel } from './catalogue/tiny-model.ts'
import { inPieces } from './testing/in-pieces.ts'
import { createWebllmEngine } from './webllm/create-webllm-engine.ts'
import { createWllamaEngine } from './wllama/create-wllama-engine.ts'

/**
 * A campaign, `npm run campaign:needle`: one sentence at five depths of a prompt of TOKENS tokens, and a question about it. MODEL is
 * `tiny` (which can load and write, and answer nothing) or `built-in`, ENGINE `webllm` or `wllama`. It stops after VITE_MINUTES and
 * goes on with the next depth when it is started again.
 */
const env = import.meta.env as Readonly<Record<string, string | undefined>>
const tokens = Number(env.VITE_NEEDLE || 0)
const engineName = env.VITE_ENGINE === 'wllama' ? 'wllama' : 'webllm'
const model = env.VITE_MODEL === 'tiny' ? tinyModel : builtIn
const { template } = model
const never = new AbortController().signal

const needle = 'The name of the lighthouse keeper is Bruno.'
const question = 'What is the name of the lighthouse keeper?'
const answer = 'Bruno'
/** From the end to the beginning: what stands before the sentence is read once for all that follow. */
const depths = [1, 0.75, 0.5, 0.25, 0]

type Row = {
  readonly depth: number
  readonly promptTokens: number
  readonly readTokens: number
  readonly seconds: number
  readonly reply: string
  readonly finish: string
}

const subjects = ['The baker', 'A gardener', 'My neighbour', 'The old teacher', 'A fisherman', 'The carpenter', 'Her aunt']
const deeds = ['painted a fence', 'sold nine apples', 'walked to the market', 'mended a boat', 'read a long book', 'fed the hens']
const days = ['on Monday', 'in the rain', 'before noon', 'last winter', 'at the harbour']
const sentence = (index: number) =>
  `${subjects[index % subjects.length]} ${deeds[index % deeds.length]} ${days[index % days.length]}.`

function promptOf(hay: readonly string[], depth: number): readonly PromptPart[] {
  const at = Math.round(hay.length * depth)
  const text = [...hay.slice(0, at), needle, ...hay.slice(at)].join(' ')
  const { start, system, user, assistant } = template
  return [
    { role: 'system', text: `${start}${system.before}You answer questions about a text.${system.after}` },
    { role: 'user', text: `${user.before}${text}\n\n${question}${user.after}` },
    { role: 'reply', text: assistant.before },
  ]
}

describe.skipIf(!tokens)('a long prompt', () => {
  it(`[E38] of ${tokens} tokens loads and is answered, ${model.name}, ${engineName}`, { timeout: 3_600_000 }, async () => {
    const pieces = await inPieces<Row>(`needle-${engineName}-${model.id}-${tokens}`)
    const engine = engineName === 'wllama' ? createWllamaEngine() : createWebllmEngine()
    await engine.load({ model, windowTokens: tokens + 64 }, () => {}, never)
    const count = async (hay: readonly string[]) =>
      (await engine.countTokens(promptOf(hay, 0).map((part) => part.text))).reduce((sum, part) => sum + part, 0)
    const hay: string[] = []
    for (let room = tokens - (await count(hay)); room > 0; room = tokens - (await count(hay)) - 16)
      hay.push(...Array.from({ length: Math.max(1, Math.floor(room / 60)) }, (_, index) => sentence(hay.length + index)))
    hay.pop()

    while (pieces.rows.length < depths.length && !pieces.isOver()) {
      const depth = depths[pieces.rows.length] ?? 0
      const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 16 }
      const began = performance.now()
      let reply = ''
      const request = { conversation: 'needle', prompt: promptOf(hay, depth), sampling, stop: template.stop }
      for await (const event of engine.generate(request, never)) {
        if (event.type === 'text-delta') reply += event.text
        if (event.type !== 'generation-end') continue
        const { inputTokens: promptTokens, cachedInputTokens, outputTokens, finishReason: finish } = event
        expect(outputTokens).toBeGreaterThan(0)
        const seconds = Math.round((performance.now() - began) / 1000)
        await pieces.add({ depth, promptTokens, readTokens: promptTokens - cachedInputTokens, seconds, reply, finish })
      }
    }
    engine.dispose()
    const row = ({ depth, promptTokens, readTokens, seconds, reply }: Row) =>
      `| ${[depth, promptTokens, readTokens, seconds, reply.includes(answer) ? 'yes' : 'no', JSON.stringify(reply)].join(' | ')} |`
    const head = '| depth | prompt | read | seconds | found | reply |\n| --- | --- | --- | --- | --- | --- |'
    console.log([head, ...pieces.rows.map(row)].join('\n'))
    for (const { promptTokens } of pieces.rows) expect(promptTokens).toBeGreaterThan(tokens * 0.9)
  })
})
