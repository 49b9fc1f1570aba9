import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostShortened } from '#chat/prompt-wishes.ts'
import { anyText, anyWords, cases, tokenizers } from '#context/testing/worlds.ts'
import { chooseCuts } from './choose-cuts.ts'
import { cutText, runsOf } from './cut-text.ts'
import { informationByTokens, informationByWords } from './phrase-information.ts'
import { phrasesOf } from './phrases.ts'

const told =
  'My sister Ada keeps bees in Ghent, and she would really like to have a little more space for them. We talked about it for a long time on Saturday. She said that the garden of the old house is not large enough. "Maybe next year," she told me. There are about twelve hives.'
const byWords = (text: string) => text.match(/\S+/g)?.length ?? 0
const short = (text: string, ratio: number) => cutText(text, chooseCuts(text, ratio, byWords))

const anyProse = fc.oneof(
  anyText,
  fc
    .array(fc.tuple(anyWords, fc.constantFrom('. ', ', ', '?\n\n', '!” ', ' ', '\n- ', '。')), { maxLength: 8 })
    .map((said) => said.flat().join('')),
)
const anyRatio = fc.double({ min: 0, max: 1, noNaN: true })
const anyTokenizer = fc.constantFrom(...Object.values(tokenizers))

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const character of short) {
    at = long.indexOf(character, at) + 1
    if (at === 0) return false
  }
  return true
}

describe('Selective Context', () => {
  it('[C36] leaves out what says least and reads on', () => {
    expect(short(told, 0.4)).toBe(
      'My sister Ada keeps bees in Ghent, more space. We talked on Saturday. that the garden of the old house is not large enough. "Maybe next year," me. There are about twelve hives.',
    )
  })

  it('[C36] phrases follow each other without a gap, and only white space lies between sentences', () => {
    fc.assert(
      fc.property(anyProse, (text) => {
        let end = 0
        for (const { from, to, phrases } of phrasesOf(text)) {
          expect(text.slice(end, from).trim()).toBe('')
          let at = from
          for (const phrase of phrases) {
            expect(phrase.from).toBe(at)
            expect(phrase.to).toBeGreaterThan(phrase.from)
            at = phrase.to
          }
          expect(at).toBeLessThanOrEqual(to)
          end = to
        }
        expect(text.slice(end).trim()).toBe('')
      }),
      { numRuns: cases },
    )
  })

  it('[C36] cuts are in order and disjoint; what is left is a subsequence, at ratio 0 all of it, and never nothing', () => {
    fc.assert(
      fc.property(anyProse, anyRatio, anyTokenizer, (text, ratio, count) => {
        const cuts = chooseCuts(text, ratio, count)
        let end = 0
        for (const { from, to } of cuts) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
        const left = cutText(text, cuts)
        expect(isSubsequence(left, text)).toBe(true)
        if (text.trim() !== '') expect(left.trim()).not.toBe('')
        expect(chooseCuts(text, 0, count)).toEqual([])
        expect(
          runsOf(text, cuts)
            .map((run) => run.text)
            .join(''),
        ).toBe(text)
        expect(
          runsOf(text, cuts)
            .filter(({ out }) => !out)
            .map((run) => run.text)
            .join(''),
        ).toBe(left)
      }),
      { numRuns: cases },
    )
  })

  it('[C36] the ratio is kept within one phrase, and a larger one leaves out the same and more', () => {
    fc.assert(
      fc.property(anyProse, anyRatio, anyRatio, anyTokenizer, (text, one, other, count) => {
        const ratio = Math.min(one, other)
        const cuts = chooseCuts(text, ratio, count)
        const larger = chooseCuts(text, Math.max(one, other), count)
        for (const { from, to } of cuts) expect(larger.some((cut) => cut.from <= from && cut.to >= to)).toBe(true)
        const phrases = phrasesOf(text).flatMap((sentence) => sentence.phrases)
        const weigh = (list: readonly { from: number; to: number }[]) =>
          list.reduce((sum, { from, to }) => sum + count(text.slice(from, to)), 0)
        const isOut = ({ from, to }: { from: number; to: number }) => cuts.some((cut) => cut.from <= from && cut.to >= to)
        const asked = Math.min(ratio, mostShortened) * weigh(phrases)
        const gone = weigh(phrases.filter(isOut))
        expect(gone).toBeLessThanOrEqual(asked + 1e-9)
        const left = phrases.filter((phrase) => !phrase.kept && !isOut(phrase))
        const longest = Math.max(...left.map((phrase) => weigh([phrase])), 0)
        if (left.length > 0) expect(asked - gone).toBeLessThanOrEqual(longest + 1e-9)
      }),
      { numRuns: cases },
    )
  })

  it('[C37] names, numbers, dates, negations and addresses stay, whatever the ratio', () => {
    const text =
      'We would like to tell you that Ada is the one. She said that she does not like it. It was a little bit later on Friday. They had about seven of them. You could write to ada@example.org or to me. In 1984 it was there.'
    const left = short(text, 1)
    for (const kept of ['Ada', 'does not like', 'Friday', 'seven', 'ada@example.org', '1984']) expect(left).toContain(kept)
    expect(left.length).toBeLessThan(text.length)
  })

  it('[C37] a word that begins a sentence is a name unless it is an everyday one', () => {
    const kept = (text: string) => phrasesOf(text)[0]?.phrases[0]?.kept
    expect(kept('Ghent is where they were.')).toBe(true)
    expect(kept('Maybe it is where they were.')).toBe(false)
    expect(kept('Bees are there, and the bees are here.')).toBe(false)
  })

  it('[C38] by a model: the mean over the tokens of a phrase, and the least of them goes', () => {
    const text = 'in the garden of the house'
    const phrases = phrasesOf(text).flatMap((sentence) => sentence.phrases)
    const pieces = ['in', ' the', ' gar', 'den', ' of', ' the', ' house']
    const nats = [1, 1, 8, 2, 1, 0.5, 1.5]
    const tokens = pieces.map((piece, at) => ({ text: piece, logProbability: -(nats[at] ?? 0) }))
    expect(phrases.map(({ from, to }) => text.slice(from, to))).toEqual(['in the garden', ' of the house'])
    expect(informationByTokens(text, phrases, tokens)).toEqual([3, 1])
    expect(cutText(text, chooseCuts(text, 0.5, byWords, tokens))).toBe('in the garden')
    const other = tokens.map((token) => ({ ...token, logProbability: -10 - token.logProbability }))
    expect(cutText(text, chooseCuts(text, 0.5, byWords, other))).toBe('of the house')
  })

  it('[C38] scores of other words are refused', () => {
    expect(() => informationByTokens('a b', phrasesOf('a b')[0]?.phrases ?? [], [{ text: 'a', logProbability: 0 }])).toThrow()
  })

  it('[C38] by statistics: function words and what was said already tell less than new words', () => {
    const text = 'bees, for the hives, bees, or of those, foxes.'
    const phrases = phrasesOf(text).flatMap((sentence) => sentence.phrases)
    const [first = 0, forHives = 0, again = 0, light = 0, foxes = 0] = informationByWords(text, phrases)
    expect(phrases).toHaveLength(5)
    expect(again).toBeLessThan(first)
    expect(light).toBeLessThan(forHives)
    expect(forHives).toBeLessThan(foxes)
  })
})
