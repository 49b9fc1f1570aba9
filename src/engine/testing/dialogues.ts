import { chatPrompt, greedy } from '#engine/webllm/testing/load-tiny.ts'
import type { GenerateRequest } from '#ports/engine.ts'
import { assert } from '#shared/assert.ts'
import type { Reply } from './collect-reply.ts'

/** Whoever can be talked to, and asked to read a prompt from its first token. */
export type Talker = {
  readonly reply: (request: GenerateRequest) => Promise<Reply>
  readonly fresh: (request: GenerateRequest) => Promise<Reply>
}

/** A reply that was written on top of what the cache held, and what a fresh read of the same has to write again. */
type Written = { readonly texts: readonly string[]; readonly tokens: number; readonly text: string }

export type Dialogue = { readonly written: readonly Written[]; readonly reusedTokens: number; readonly promptTokens: number }

const instructions = 'Be kind, be short, and never lie to the one who asks.'
const words = 'moon river seven glass { $& } never über 雨 42 please why? stop. <b> soon'.split(' ')

/** A random dialogue in two conversations, of so many turns, with edits, other branches and work beside them. */
export async function playDialogue({ reply }: Talker, number: number, turns: number): Promise<Dialogue> {
  let state = Math.imul(number + 11, 2654435761) >>> 0
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % below
  }
  const sentence = () => Array.from({ length: 2 + random(7) }, () => words[random(words.length)]).join(' ')
  const request = (texts: readonly string[], tokens: number) => greedy(chatPrompt(instructions, texts), tokens)
  const talks: Record<string, string[]> = { a: [sentence()], b: [sentence()] }
  const written: Written[] = []
  let reusedTokens = 0
  let promptTokens = 0
  for (let turn = 0; turn < turns; turn++) {
    const owner = random(3) > 0 ? 'a' : 'b'
    const texts = talks[owner] ?? []
    if (random(4) === 0) await reply(greedy(chatPrompt(sentence(), [sentence()]), 4))
    if (random(4) === 0) await reply(request(texts, 6))
    const tokens = 4 + random(10)
    const { text, end } = await reply({ ...request(texts, tokens), conversation: `${owner}${number}` })
    reusedTokens += end.cachedInputTokens
    promptTokens += end.inputTokens
    written.push({ texts: [...texts], tokens, text })
    if (random(4) > 0) texts.push(text, sentence())
    else texts.splice(-1, 1, sentence())
  }
  return { written, reusedTokens, promptTokens }
}

/** The replies that a fresh full read of the same tokens, on an empty cache, does not write the same. */
export async function findUnequal(talker: Talker, written: readonly Written[]) {
  const unequal: { readonly texts: readonly string[]; readonly reused: string; readonly fresh: string }[] = []
  for (const { texts, tokens, text } of written) {
    const fresh = await talker.fresh(greedy(chatPrompt(instructions, texts), tokens))
    assert(fresh.end.cachedInputTokens === 0, 'a fresh read uses nothing again')
    if (fresh.text !== text) unequal.push({ texts, reused: text, fresh: fresh.text })
  }
  return unequal
}
