import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases, countWords } from './memory.fixture.ts'
import { renderSentences } from './render-sentences.ts'
import { type SentenceOffer, selectSentences } from './select-sentences.ts'
import { overlap, sentenceInformation } from './sentence-information.ts'

const text = fc
  .array(fc.constantFrom('Anna', 'paid', '12', 'euros', 'to', 'the', 'baker', 'garden', 'I', 'chose'), {
    minLength: 1,
    maxLength: 20,
  })
  .map((words) => `${words.join(' ')}.`)
const offers = fc.array(
  fc.record({ text, speaker: fc.constantFrom('user', 'assistant', undefined), pinned: fc.boolean() }).map(
    ({ text, speaker, pinned }): SentenceOffer => ({
      sentence: { text, evidence: [], ...(speaker && { speaker }) },
      information: sentenceInformation(text, speaker),
      bonus: 1,
      pinned,
    }),
  ),
  { maxLength: 40 },
)

describe('selectSentences', () => {
  it('[M12] takes whatever fits: of the best that are left, none would fit beside the chosen', () => {
    fc.assert(
      fc.property(offers, fc.integer({ min: 0, max: 80 }), (offers, maxTokens) => {
        const { chosen, left, tokens } = selectSentences({ offers, maxSentences: 100, maxTokens, count: countWords })
        expect(tokens).toBe(countWords(renderSentences(chosen.map(({ sentence }) => sentence))))
        if (!chosen.some(({ pinned }) => pinned)) expect(tokens).toBeLessThanOrEqual(maxTokens)
        for (const offer of left.filter(({ information }) => information.worth > 0)) {
          // What a chosen sentence says already has no place whatever the room is.
          if (chosen.some(({ information }) => overlap(information.stems, offer.information.stems) >= 0.9)) continue
          const beside = offers.filter((one) => one === offer || chosen.includes(one))
          expect(countWords(renderSentences(beside.map(({ sentence }) => sentence)))).toBeGreaterThan(maxTokens)
        }
      }),
      { numRuns: cases },
    )
  })

  it('counts the whole text only for sentences that may enter', () => {
    const offers = Array.from({ length: 60 }, (_, n): SentenceOffer => {
      const text = `Number ${n} of the ${n * 7} houses was painted by painter ${n * 13} in the year ${1900 + n}.`
      return {
        sentence: { text, evidence: [], speaker: 'user' },
        information: sentenceInformation(text, 'user'),
        bonus: 1,
        pinned: false,
      }
    })
    let characters = 0
    const count = (text: string) => {
      characters += text.length
      return countWords(text)
    }
    const { chosen } = selectSentences({ offers, maxSentences: 12, maxTokens: 100, count })
    const whole = renderSentences(chosen.map(({ sentence }) => sentence)).length
    expect(chosen.length).toBeGreaterThan(3)
    expect(characters).toBeLessThan(whole * (chosen.length + 1) + 60 * 90)
  })
})
