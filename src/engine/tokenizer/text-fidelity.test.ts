import { existsSync, readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { feedMessages } from '#engine/testing/text-fidelity.ts'
import { byteCharacters } from '#engine/wllama/testing/chain-model.ts'
import type { Model } from '#ports/model.ts'
import { wellFormed } from './load-token-counter.ts'

type TokenizerFile = {
  readonly added_tokens: readonly { readonly id: number; readonly content: string }[]
  readonly model: { readonly vocab: Readonly<Record<string, number>> }
}

const cases = Number(process.env.LONGHAND_CASES ?? 200)
const builtInFile = '.models/smollm2-135m/resolve/main/tokenizer.json'
const files: readonly (readonly [string, Model, string])[] = [
  ['tiny', tinyModel, 'e2e/fixtures/models/tiny/resolve/main/tokenizer.json'],
  ['built-in', builtIn, builtInFile],
]

/** The bytes of every token of a byte-level tokenizer, from its file and not by its code. */
function bytesByToken({ added_tokens, model }: TokenizerFile): ReadonlyMap<number, readonly number[]> {
  const byteOf = new Map(byteCharacters().map((character, byte) => [character, byte]))
  const bytes = new Map(
    Object.entries(model.vocab).map(([text, id]) => [id, [...text].map((character) => byteOf.get(character) ?? 0)]),
  )
  const encoder = new TextEncoder()
  for (const { id, content } of added_tokens) bytes.set(id, [...encoder.encode(content)])
  return bytes
}

describe(`[E35] [E36] ${cases} fuzzed messages through the tokenizers that count`, () => {
  it.each(files.filter(([, , file]) => existsSync(file)))('%s', async (_name, model, file) => {
    const json: TokenizerFile = JSON.parse(readFileSync(file, 'utf8'))
    const tokenizer = new Tokenizer(json, {})
    const bytes = bytesByToken(json)
    const control = new Set(json.added_tokens.map(({ id }) => id))
    const guarded = { ...model, template: { ...model.template, controlTokens: json.added_tokens.map(({ content }) => content) } }
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    await feedMessages(guarded, cases, async (prompt) => {
      const ids = prompt.flatMap(({ text }) => tokenizer.encode(wellFormed(text), { add_special_tokens: false }).ids)
      return {
        text: decoder.decode(Uint8Array.from(ids.flatMap((id) => bytes.get(id) ?? []))),
        controls: ids.filter((id) => control.has(id)).length,
      }
    })
  })

  it.skipIf(!existsSync(builtInFile))(
    '[E36] of the bytes of UTF-8 SmolLM2 lacks six control characters and the unassigned planes 4 to 11',
    () => {
      const { model }: TokenizerFile = JSON.parse(readFileSync(builtInFile, 'utf8'))
      const missing = byteCharacters().flatMap((character, byte) => (character in model.vocab || byte >= 0xf5 ? [] : [byte]))
      // 0xc0 and 0xc1 begin no character of UTF-8.
      expect(missing).toEqual([0x04, 0x06, 0x13, 0x14, 0x16, 0x1d, 0xc0, 0xc1, 0xf1, 0xf2])
    },
  )
})
