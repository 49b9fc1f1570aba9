import { describe, expect, it } from 'vitest'
import { likelihoodWords } from './likelihood-words.ts'

const change = (difference: number) => ({
  tokens: 10,
  difference,
  perToken: { before: -0.1, after: -0.1 + difference / 10 },
})

describe('likelihoodWords', () => {
  it.each([
    [
      -3.2,
      'Without, the recorded reply is 25 (e^3.2) times less likely. Its log-probability per token, the mean of 10 tokens, was −0.10 and is −0.42 without.',
    ],
    [
      0.7,
      'Without, the recorded reply is 2.0 (e^0.7) times more likely. Its log-probability per token, the mean of 10 tokens, was −0.10 and is −0.03 without.',
    ],
    [
      -80,
      'Without, the recorded reply is 10³⁵ (e^80.0) times less likely. Its log-probability per token, the mean of 10 tokens, was −0.10 and is −8.10 without.',
    ],
    [
      0.01,
      'The recorded reply is as likely without as with. Its log-probability per token, the mean of 10 tokens, was −0.10 and is −0.10 without.',
    ],
  ])('says a difference of %d nats', (difference, words) => expect(likelihoodWords(change(difference))).toBe(words))
})
