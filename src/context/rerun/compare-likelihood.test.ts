import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareLikelihood } from './compare-likelihood.ts'

const scored = (logs: readonly number[]) => logs.map((logProbability) => ({ text: 'x', logProbability }))
const anyLogs = fc.array(fc.tuple(fc.double({ min: -30, max: 0, noNaN: true }), fc.double({ min: -30, max: 0, noNaN: true })), {
  minLength: 1,
})

it('[C39] the difference is the tokens times that of the means, and turned round it is the opposite', () => {
  fc.assert(
    fc.property(anyLogs, (pairs) => {
      const [one, two] = [scored(pairs.map(([a]) => a)), scored(pairs.map(([, b]) => b))]
      const change = compareLikelihood(one, two)
      const back = compareLikelihood(two, one)
      if (!change || !back) throw new Error('no change')
      expect(change.tokens).toBe(pairs.length)
      expect(change.difference).toBeCloseTo(change.tokens * (change.perToken.after - change.perToken.before), 6)
      expect(back.difference).toBeCloseTo(-change.difference, 9)
    }),
  )
})

it('[C39] nothing is said of a text without a token, or of two texts', () => {
  expect(compareLikelihood([], [])).toBeUndefined()
  expect(compareLikelihood(scored([-1]), scored([-1, -2]))).toBeUndefined()
})
