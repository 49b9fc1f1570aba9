import fc from 'fast-check'
import { expect, it } from 'vitest'
import { logSoftmax } from './log-softmax.ts'

const someLogits = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 })

it('gives probabilities that sum to one and are ordered like the logits', () => {
  fc.assert(
    fc.property(someLogits, (logits) => {
      const logs = logits.map((_, at) => logSoftmax(logits, at))
      expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 9)
      for (const log of logs) expect(log).toBeLessThanOrEqual(1e-12)
      const most = Math.max(...logits)
      expect(logs[logits.indexOf(most)]).toBe(Math.max(...logs))
    }),
  )
})

it('is the uniform one for equal logits, however large', () => {
  expect(logSoftmax([1e30, 1e30, 1e30, 1e30], 2)).toBeCloseTo(-Math.log(4), 12)
})

it('gives a token that there is not no probability', () => {
  expect(logSoftmax([1, 2], 7)).toBe(Number.NEGATIVE_INFINITY)
})
