import { describe, expect, it } from 'vitest'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { tokenizerFromGguf } from './gguf-tokenizer.ts'
import { preTokenizers } from './pre-tokenizers.ts'
import type { GgufValue } from './read-gguf.ts'

/** The characters by which byte-level BPE writes bytes (GPT-2's table): those that can be seen stand for themselves. */
const byteCharacters = (() => {
  const seen = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(seen(byte) ? byte : next++))
})()

const header = (metadata: Readonly<Record<string, GgufValue>>) => ({ metadata: new Map(Object.entries(metadata)) })
const bytePair = (pre: string) => {
  const merged = ['12', '23', "'T", 'Ġa']
  const tokens = ['<|end|>', ...byteCharacters, ...merged]
  return header({
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': pre,
    'tokenizer.ggml.tokens': tokens,
    'tokenizer.ggml.token_type': [3, ...tokens.slice(1).map(() => 1)],
    'tokenizer.ggml.merges': ['1 2', '2 3', "' T", 'Ġ a'],
  })
}
const counterOf = (gguf: ReturnType<typeof header>) => {
  const json = tokenizerFromGguf(gguf)
  if (!json) throw new Error('no tokenizer')
  return loadTokenCounter('own', json)
}

describe('[E74] a tokenizer made of the vocabulary of a file', () => {
  it.each(Object.keys(preTokenizers))('cuts as “%s” does, and counts each control token as one', (pre) => {
    const counter = counterOf(bytePair(pre))
    expect(counter.controlTokens).toEqual(['<|end|>'])
    expect(counter.count('x<|end|>y')).toBe(3)
    expect(counter.count(' a')).toBe(1)
    // Every byte of what no merge covers is a token.
    expect(counter.count('ü\n')).toBe(3)
  })

  it('keeps digits apart, in threes, or together, as the way of cutting says', () => {
    expect(counterOf(bytePair('qwen2')).count('12')).toBe(2)
    expect(counterOf(bytePair('smollm')).count('12')).toBe(2)
    expect(counterOf(bytePair('llama-bpe')).count('12')).toBe(1)
    expect(counterOf(bytePair('gpt-2')).count('12')).toBe(1)
    expect(counterOf(bytePair('llama-bpe')).count('9912')).toBe(4)
  })

  it('takes contractions in capitals where the model does', () => {
    expect(counterOf(bytePair('qwen2')).count("N'T")).toBe(2)
    expect(counterOf(bytePair('gpt-2')).count("N'T")).toBe(3)
  })

  it('puts SentencePiece’s pieces together by their scores, and spells in bytes what it has none for', () => {
    const pieces: [string, number, number][] = [
      ['<unk>', 0, 2],
      ['<s>', 0, 3],
      ['▁', -9, 1],
      ['a', -9, 1],
      ['b', -9, 1],
      ['ab', -1, 1],
      ['ba', -2, 1],
      ['▁ab', -3, 1],
      ...Array.from({ length: 256 }, (_, byte): [string, number, number] => [
        `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
        0,
        6,
      ]),
    ]
    const counter = counterOf(
      header({
        'tokenizer.ggml.model': 'llama',
        'tokenizer.ggml.tokens': pieces.map(([text]) => text),
        'tokenizer.ggml.scores': pieces.map(([, score]) => score),
        'tokenizer.ggml.token_type': pieces.map(([, , type]) => type),
      }),
    )
    expect(counter.count('ab ab')).toBe(2)
    // “ab” beats “ba” by its score.
    expect(counter.count('aba')).toBe(2)
    expect(counter.count('é')).toBe(3)
    expect(counter.count('<s>')).toBe(1)
  })

  it('guesses no kind that it does not know', () => {
    expect(tokenizerFromGguf(bytePair('some-new-one'))).toBeUndefined()
    expect(tokenizerFromGguf(header({ 'tokenizer.ggml.model': 'bert' }))).toBeUndefined()
  })
})
