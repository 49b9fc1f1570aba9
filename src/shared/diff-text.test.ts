import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffText } from './diff-text.ts'

const of = (changes: ReturnType<typeof diffText>, other: 'entered' | 'left') =>
  changes
    .filter(({ type }) => type !== other)
    .map(({ text }) => text)
    .join('')

describe('diffText', () => {
  it('loses nothing of either text', () => {
    const text = fc
      .array(fc.constantFrom('the ', 'garden', '\n', '14', ' ', 'café', '.', '\ud83d\ude00', 'wall\n'), { maxLength: 40 })
      .map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), text, (before, after) => {
        const changes = diffText(before, after)
        expect(of(changes, 'entered')).toBe(before)
        expect(of(changes, 'left')).toBe(after)
      }),
      { numRuns: 500 },
    )
  })

  it('tells words within lines that stand for one another', () => {
    expect(diffText('Lives in Ghent now.\nSame.\n', 'Lives in Porto now.\nSame.\nNew.\n')).toEqual([
      { type: 'kept', text: 'Lives in ' },
      { type: 'left', text: 'Ghent' },
      { type: 'entered', text: 'Porto' },
      { type: 'kept', text: ' now.\nSame.\n' },
      { type: 'entered', text: 'New.\n' },
    ])
  })

  it('calls what is too long to compare wholly different, at once', () => {
    const long = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word}${at}`).join(' ')
    const changes = diffText(long('a'), long('b'))
    expect(of(changes, 'entered')).toBe(long('a'))
    expect(of(changes, 'left')).toBe(long('b'))
  })
})
