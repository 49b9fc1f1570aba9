import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { anyText, cases, countWords, tokenizers } from '#context/testing/worlds.ts'
import { countPart } from './attribute-tokens.ts'
import type { PartPlan } from './part-writer.ts'

vi.setConfig({ testTimeout: 900_000 })

function planOf(texts: readonly string[]): PartPlan {
  let to = 0
  const pieces = texts.map((text) => {
    const from = to
    to += text.length
    return { section: 'turns' as const, from, to }
  })
  return { part: { role: 'user', text: texts.join('') }, pieces }
}

describe('countPart', () => {
  it('[C6] shares the exact count of a part among its pieces, none negative, for any tokenizer', () => {
    fc.assert(
      fc.property(
        fc.array(anyText, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.values(tokenizers)),
        (texts, count) => {
          const counted = countPart(planOf(texts), count)
          expect(counted.tokens).toBe(count(texts.join('')))
          expect(counted.pieceTokens.reduce((sum, tokens) => sum + tokens, 0)).toBe(counted.tokens)
          expect(Math.min(...counted.pieceTokens)).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[C6] gives a token that merges across a border to the piece in which it began', () => {
    expect(countPart(planOf(['ab', 'cd ef', ' gh']), countWords).pieceTokens).toEqual([1, 2, 2])
  })
})
