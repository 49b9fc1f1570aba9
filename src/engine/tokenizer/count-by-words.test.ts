import { existsSync, readFileSync } from 'node:fs'
import { Tokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addsUpByWords, countByWords } from './count-by-words.ts'

/** The built-in model's tokenizer is there once the model was fetched. */
const files = ['.models/smollm2-135m', 'e2e/fixtures/models/tiny']
  .map((folder) => `${folder}/resolve/main/tokenizer.json`)
  .filter((file) => existsSync(file))

const pieces = fc.oneof(
  fc.constantFrom(
    ' the',
    ' house',
    'key',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '14',
    ' 14',
    "'s",
    " 's",
    '.',
    ' …',
    ' É',
    'e\u0301',
    ' 中文',
  ),
  fc.constantFrom(
    '<|im_start|>',
    ' <|im_end|>',
    '<|im_',
    'end|> a',
    '[R1] ',
    ' \u00a0x',
    '\u3000y',
    '\ud83d\ude00',
    ' \ud83d\ude00 z',
    '_a',
    ' _b',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

describe.each(files)('counts by words, tokenizer %s', (file) => {
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const tokenizer = new Tokenizer(json, {})
  const whole = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids.length

  it('are those of the whole text, for any text', () => {
    expect(addsUpByWords(json)).toBe(true)
    const count = countByWords(whole)
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (some) => {
        const text = some.join('').replace(/\p{Surrogate}/gu, '\ufffd')
        expect(count(text)).toBe(whole(text))
      }),
      { numRuns: Number(process.env.LONGHAND_CASES ?? 2000) },
    )
  })

  it('are not used where it is not known that they add up', () => {
    const { pre_tokenizer, model } = json
    for (const change of [
      { normalizer: { type: 'NFC' } },
      { pre_tokenizer: { type: 'Metaspace' } },
      { pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split' }, { type: 'ByteLevel', use_regex: false }] } },
      { pre_tokenizer: null },
      { model: { ...(model as object), type: 'Unigram' } },
      { added_tokens: [{ content: 'two words' }] },
      { added_tokens: [{ content: '<x>', lstrip: true }] },
    ])
      expect(addsUpByWords({ ...json, pre_tokenizer, ...change })).toBe(false)
    for (const wrong of [undefined, null, 'no', {}, { model: {} }]) expect(addsUpByWords(wrong)).toBe(false)
  })
})
