import { scriptedJson } from '#engine/scripted/scripted-json.ts'
import { scriptedControlTokens, scriptedTokens } from '#engine/scripted/scripted-tokens.ts'
import type { ServedModel } from './model-server.ts'

/** Tokens that are read between two reports. */
const readStep = 32

/** A model that writes by a rule, with the scripted engine's tokenizer and ChatML: for what a server and its client do. */
export function scriptedServedModel(contextTokens: number, endless: string): ServedModel {
  const texts: string[] = [...scriptedControlTokens]
  const ids = new Map(texts.map((text, id) => [text, id]))
  let held: readonly number[] = []

  const idOf = (text: string): number => {
    const known = ids.get(text)
    if (known !== undefined) return known
    ids.set(text, texts.length)
    texts.push(text)
    return texts.length - 1
  }
  const tokenize = (text: string) => scriptedTokens(text).map(idOf)

  function replyTo(prompt: string): string {
    if (prompt.endsWith(endless)) return ' it goes on and it never stops'.repeat(400)
    const asked = prompt.split('<|im_start|>user\n').at(-1)?.split('<|im_end|>')[0] ?? ''
    return `You said ${[...asked].length} characters, ${prompt.length} in all. ${asked.slice(0, 60)}`
  }

  return {
    id: 'scripted',
    contextTokens,
    tokenize,
    render: (messages) =>
      `${messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join('')}<|im_start|>assistant\n`,
    async *write(prompt, { schema }, onRead, stopped) {
      const same = prompt.findIndex((token, at) => token !== held[at])
      const cached = Math.min(same < 0 ? prompt.length : same, prompt.length - 1)
      for (let read = cached; read < prompt.length; ) {
        read = Math.min(prompt.length, read + readStep)
        onRead(read, cached)
        await new Promise((resolve) => setTimeout(resolve, 1))
        held = prompt.slice(0, read)
        if (stopped()) return
      }
      const reply = schema ? JSON.stringify(scriptedJson(schema)) : replyTo(prompt.map((id) => texts[id]).join(''))
      for (const [at, token] of scriptedTokens(reply).entries()) {
        if (at % 8 === 7) await new Promise((resolve) => setTimeout(resolve, 1))
        held = [...held, idOf(token)]
        yield token
      }
    },
    async forget() {
      held = []
    },
  }
}
