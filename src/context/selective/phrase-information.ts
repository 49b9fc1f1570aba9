import { assert } from '#shared/assert.ts'
import type { TextRange } from '#shared/text-sentences.ts'
import { stem } from '#shared/text-stem.ts'
import { lightWords, stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

/** A token of a text with the natural logarithm of its probability after what stands before it. */
export type ScoredToken = { readonly text: string; readonly logProbability: number }

/**
 * Self-information of phrases, in nats: the mean of −log p over a phrase's tokens, as the authors' code has it (the paper
 * sums). A token belongs to the phrase that holds its last character.
 *
 * @param tokens joined, they are the text
 */
export function informationByTokens(text: string, phrases: readonly TextRange[], tokens: readonly ScoredToken[]): number[] {
  assert(tokens.reduce((sum, token) => sum + token.text.length, 0) === text.length, 'scored tokens are those of the text')
  let at = 0
  const places = tokens.map((token) => {
    at += token.text.length
    return { last: Math.max(0, at - 1), information: -token.logProbability }
  })
  let next = 0
  return phrases.map(({ from, to }) => {
    const own: number[] = []
    while (next < places.length && (places[next]?.last ?? 0) < from) next++
    for (; next < places.length && (places[next]?.last ?? to) < to; next++) own.push(places[next]?.information ?? 0)
    return mean(own)
  })
}

/**
 * Of running English text, about half are function words and a fifth the everyday words of our list; the rest is spread over
 * a vocabulary of so many words.
 */
const shareOfStop = 0.5
const shareOfLight = 0.2
const vocabulary = 20_000
/** Words of text that what is known of words beforehand is worth (Dirichlet smoothing, Zhai and Lafferty 2001). */
const priorWords = 100

/**
 * The same without a model, an estimate: p is how often a word stood in the text before, smoothed with how common words of
 * its class are in English. So function words and what was said already tell little, and a new word tells much.
 */
export function informationByWords(text: string, phrases: readonly TextRange[]): number[] {
  const before = new Map<string, number>()
  let seen = 0
  return phrases.map(({ from, to }) =>
    mean(
      words(text.slice(from, to)).map(({ text: word }) => {
        const key = stopWords.has(word) ? word : stem(word)
        const times = before.get(key) ?? 0
        const information = -Math.log((times + priorWords * commonness(word)) / (seen + priorWords))
        before.set(key, times + 1)
        seen++
        return information
      }),
    ),
  )
}

function commonness(word: string): number {
  if (stopWords.has(word)) return shareOfStop / stopWords.size
  if (lightWords.has(word)) return shareOfLight / lightWords.size
  return (1 - shareOfStop - shareOfLight) / vocabulary
}

/** A phrase without a word or token tells nothing. */
function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
