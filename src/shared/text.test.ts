import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textHash } from './text-hash.ts'
import { splitSentences } from './text-sentences.ts'
import { stem } from './text-stem.ts'
import { words } from './text-words.ts'

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 })
const prose = fc
  .array(
    fc.constantFrom(
      'Hello',
      'Dr. Who',
      ' ',
      '. ',
      '! ',
      '? ',
      '\n',
      '3.5',
      '…',
      '。',
      'e.g. this',
      '😀',
      'word',
      '“quoted.” ',
      'x'.repeat(120),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

describe('splitSentences', () => {
  it('gives trimmed, disjoint ranges in order with nothing but white space between, none longer than asked', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), fc.integer({ min: 20, max: 100 }), (text, longest) => {
        let end = 0
        for (const { from, to } of splitSentences(text, longest)) {
          expect(text.slice(end, from).trim()).toBe('')
          expect(text.slice(from, to)).toBe(text.slice(from, to).trim())
          expect(to - from).toBeGreaterThan(0)
          expect(to - from).toBeLessThanOrEqual(longest)
          expect(/^[\udc00-\udfff]/.test(text.slice(from, to))).toBe(/^[\udc00-\udfff]/.test(text.slice(from)) && from === 0)
          end = to
        }
        expect(text.slice(end).trim()).toBe('')
      }),
    )
  })

  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Ask Dr. Roe at 3.5 km. Then go.', ['Ask Dr. Roe at 3.5 km.', 'Then go.']],
    ['He said “stop.” Nobody did', ['He said “stop.”', 'Nobody did']],
    ['1. First\n2. Second', ['1. First', '2. Second']],
    ['今日は寒い。明日は？', ['今日は寒い。', '明日は？']],
    ['ok... then we go', ['ok... then we go']],
    ['', []],
  ])('%j', (text, sentences) => {
    expect(splitSentences(text).map(({ from, to }) => text.slice(from, to))).toEqual(sentences)
  })
})

describe('words', () => {
  it('stand where they say they stand, in order', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, forQuery) => {
        let last = 0
        for (const { text: form, from, to } of words(text, forQuery)) {
          expect(form).not.toBe('')
          expect(from).toBeGreaterThanOrEqual(last)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          last = from
        }
      }),
    )
  })

  it.each([
    ['L’Été à Genève', ['l', 'ete', 'a', 'geneve']],
    ["don't 10:30 A4", ['don', 't', '10', '30', 'a4']],
    ['東京タワー', ['東京', '京タ', 'タワ', 'ワー', 'ー']],
    ['日', ['日']],
    ['GPT4を使う', ['gpt4', 'を使', '使う', 'う']],
  ])('%s', (text, forms) => {
    expect(words(text).map((word) => word.text)).toEqual(forms)
  })

  it('every pair of an unspaced query is in the text that holds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('東', '京', '塔', '高', 'い'), minLength: 1, maxLength: 8 }), (query) => {
        const held = new Set(words(`山${query}川 and more`).map((word) => word.text))
        for (const { text } of words(query, true)) expect([...held].some((word) => word.startsWith(text))).toBe(true)
      }),
    )
  })
})

describe('stem', () => {
  it.each([
    'bake bakes baked baking',
    'run runs ran running',
    'city cities',
    'buy bought buys buying',
    'child children',
    'try tries tried trying',
    'box boxes',
    'stop stops stopped stopping',
  ])('gives one stem to %s', (forms) => {
    expect(new Set(forms.split(' ').map(stem)).size).toBe(1)
  })

  it('keeps different words apart and leaves other alphabets and numbers alone', () => {
    expect(new Set(['bus', 'busy', 'this', 'glass', 'news', 'red', 'ring', 'thing'].map(stem)).size).toBe(8)
    for (const word of ['2024', 'привет', 'a4s', '東京']) expect(stem(word)).toBe(word)
  })
})

describe('textHash', () => {
  it('has 16 hex digits and tells texts apart', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `text ${index}`)
    expect(new Set(texts.map(textHash)).size).toBe(texts.length)
    expect(textHash('')).toMatch(/^[0-9a-f]{16}$/)
    expect(textHash('ab')).not.toBe(textHash('ba'))
  })
})
