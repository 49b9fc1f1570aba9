import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadTokenCounter } from './load-token-counter.ts'

// Byte-level without merges: every byte of UTF-8 is a token, and so is every control token.
const json: unknown = JSON.parse(readFileSync('e2e/fixtures/models/tiny/resolve/main/tokenizer.json', 'utf8'))
const counter = loadTokenCounter('tiny', json)
const bytes = (text: string) => new TextEncoder().encode(text).length

describe('token counter', () => {
  it('counts the bytes of any text with a byte-level tokenizer', () => {
    const runs = Number(process.env.LONGHAND_CASES ?? 500)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('<|'))
        expect(counter.count(text)).toBe(bytes(text))
        expect(counter.count(text)).toBe(bytes(text))
      }),
      { numRuns: runs },
    )
  })

  it('counts a lone surrogate as the replacement character', () => {
    expect(counter.count('a\ud800b')).toBe(bytes('a\ufffdb'))
  })

  it('recognises control tokens anywhere and adds none', () => {
    expect(counter.count('')).toBe(0)
    expect(counter.count('<|im_start|>')).toBe(1)
    expect(counter.count('<|im_start|>user\nHi<|im_end|>\n')).toBe(1 + 5 + 2 + 1 + 1)
    expect(counter.count('  <|im_end|>  ')).toBe(5)
  })

  it('[E35] tells the control tokens that its tokenizer knows, of which each counts one', () => {
    expect(counter.controlTokens).toEqual(
      expect.arrayContaining(['<|im_start|>', '<|im_end|>', '<|endoftext|>', '<|reserved_259|>']),
    )
    for (const token of counter.controlTokens) expect(counter.count(token), token).toBe(1)
  })

  it('forgets old texts and still counts them right', () => {
    const forgetful = loadTokenCounter('tiny', json, 100)
    const texts = [...'abcdefghij'].map((letter, index) => letter.repeat(10 + index))
    for (const text of [...texts, ...texts, 'z'.repeat(1000), ...texts.toReversed()])
      expect(forgetful.count(text)).toBe(text.length)
  })

  it('cuts any text at its tokens and loses neither a character nor a token', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pieces = counter.pieces(text)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text.replace(/\p{Surrogate}/gu, '\ufffd'))
        expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(counter.count(text))
      }),
      { numRuns: Number(process.env.LONGHAND_CASES ?? 200) },
    )
    expect(counter.pieces('<|im_end|>né')).toEqual([
      { text: '<|im_end|>', tokens: 1 },
      { text: 'n', tokens: 1 },
      { text: 'é', tokens: 2 },
    ])
  })

  it('says which tokenizer cannot be read', () => {
    expect(() => loadTokenCounter('broken', 'no')).toThrow(/"broken" cannot be read/)
    expect(() => loadTokenCounter('broken', {})).toThrow(/"broken" cannot be read/)
  })
})
