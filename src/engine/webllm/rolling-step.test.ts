import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rollingStep } from './rolling-step.ts'

describe('steps of a read in a rolling window', () => {
  it('[E95] reach the end, stop where the window is full, and never read more at once than what rolls', () => {
    const window = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(20))
      .map(([rolls, sinkTokens]) => ({ keptTokens: sinkTokens + rolls, sinkTokens }))
    fc.assert(
      fc.property(window, fc.nat(300), fc.integer({ min: 1, max: 70 }), (rolling, tokens, most) => {
        let filled = 0
        while (filled < tokens) {
          const step = rollingStep(rolling, filled, Math.min(most, tokens - filled))
          expect(step).toBeGreaterThan(0)
          expect(step).toBeLessThanOrEqual(most)
          // Until something rolls no pass goes past the full window; the first token that does goes alone.
          if (filled < rolling.keptTokens) expect(filled + step).toBeLessThanOrEqual(rolling.keptTokens)
          if (filled === rolling.keptTokens) expect(step).toBe(1)
          expect(step).toBeLessThanOrEqual(Math.max(rolling.keptTokens - filled, rolling.keptTokens - rolling.sinkTokens))
          filled += step
        }
        expect(filled).toBe(tokens)
      }),
    )
  })
})
