import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDetokenizer } from './detokenizer.ts'

const encoder = new TextEncoder()
/** A byte-level tokenizer: a token is a byte. */
const decode = (ids: readonly number[]) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(ids))
const numRuns = Number(process.env.LONGHAND_CASES ?? 300)

describe('createDetokenizer', () => {
  it('gives whole characters only, and together the whole text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const detokenizer = createDetokenizer(decode)
        const bytes = [...encoder.encode(text)]
        const deltas = [...bytes.map((byte) => detokenizer.push(byte)), detokenizer.flush()]
        expect(deltas.join('')).toBe(text)
        for (const delta of deltas) expect(decode([...encoder.encode(delta)])).toBe(delta)
        if (!text.includes('\uFFFD')) expect(deltas.join('|')).not.toContain('\uFFFD')
      }),
      { numRuns },
    )
  })

  it('gives what one decoding of everything gives, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const detokenizer = createDetokenizer(decode)
        let text = ''
        for (const byte of bytes) text += detokenizer.push(byte)
        text += detokenizer.flush()
        expect(text).toBe(decode([...bytes]))
      }),
      { numRuns },
    )
  })

  it('keeps the space that a decoder drops at the start of a text', () => {
    const words = ['▁Hello', '▁world', '!']
    const wordDecode = (ids: readonly number[]) =>
      ids
        .map((id) => words[id])
        .join('')
        .replaceAll('▁', ' ')
        .replace(/^ /, '')
    const detokenizer = createDetokenizer(wordDecode)
    expect([0, 1, 2].map((id) => detokenizer.push(id))).toEqual(['Hello', ' world', '!'])
  })
})
