import { describe, expect, it } from 'vitest'
import { aroundText, specialTokens } from './embedder-tokens.ts'

const ids: Readonly<Record<string, number>> = { '[PAD]': 0, '[CLS]': 2, '[SEP]': 3, '[MASK]': 4, a: 10, b: 11 }
const bare = (text: string) => text.split(' ').flatMap((word) => ids[word] ?? 1)
const wrapped = (text: string) => [2, ...bare(text), 3]
const padded = (text: string) => [...bare(text), 0, 0, 0]

describe('[E100] the tokens that an embedder on the GPU reads', () => {
  it.each([
    ['puts nothing around a text', bare],
    ['puts first and last around it', wrapped],
    ['fills a text up', padded],
    ['does both', (text: string) => padded(`[CLS] ${text} [SEP]`)],
  ])('stand between first and last once, where the tokenizer %s', (_what, encode) => {
    const special = specialTokens(encode)
    expect(special).toMatchObject({ first: 2, last: 3 })
    expect(aroundText(encode('a b a'), special, 512)).toEqual([2, 10, 11, 10, 3])
    expect(aroundText(encode('a [SEP] b [PAD] [MASK] [CLS]'), special, 512)).toEqual([2, 10, 11, 3])
  })

  it('are those of its beginning where it is too long', () => {
    const read = aroundText(bare('a '.repeat(600).trim()), specialTokens(bare), 512)
    expect(read).toHaveLength(512)
    expect([read[0], read[1], read.at(-1)]).toEqual([2, 10, 3])
  })

  it('cannot be told of a tokenizer without them', () => {
    expect(() => specialTokens(() => [1])).toThrow('no tokens for begin and end')
  })
})
