import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textLikeness } from './text-likeness.ts'

describe('textLikeness', () => {
  it('lies in 0…1, is the same both ways, and 1 for a text with itself', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), fc.lorem({ maxCount: 12 }), (one, two) => {
        const likeness = textLikeness(one, two)
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect(textLikeness(two, one)).toBe(likeness)
        expect(textLikeness(one, one)).toBe(1)
      }),
    )
  })

  it.each([
    ['Ada keeps bees in Ghent', 'ada keeps bees, in Ghent!', 1],
    ['Ada keeps bees', 'Ada keeps hens', 2 / 3],
    ['one two three four', 'four three two one', 1 / 4],
    ['nothing', 'else entirely', 0],
    ['', '', 1],
    ['', 'word', 0],
  ])('“%s” and “%s”: %d', (one, two, expected) => {
    expect(textLikeness(one, two)).toBeCloseTo(expected, 10)
  })
})
