import type { TextRange } from '#shared/text-sentences.ts'
import { lightWords, stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

const negations = new Set(
  'no not nor never none neither nobody nothing nowhere without cannot cant dont doesnt didnt isnt wasnt wont'.split(' '),
)
const contraction = /n['’]t\b/iu
const numbers = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half dozen first second third
  once twice`.split(/\s+/),
)
const dates = new Set(
  `january february march april june july august september october november december monday tuesday wednesday thursday friday
  saturday sunday today tomorrow yesterday tonight`.split(/\s+/),
)
const address = /@|:\/\//

/**
 * Whether a stretch of a text holds what a reader cannot guess back: a number, a date, a negation, an address or a name. A
 * word with a capital is taken for a name unless it begins a sentence and is an everyday word, or stands in small letters
 * elsewhere in the text: rather a word too much than a name too few.
 */
export function keepsPhrase(text: string, sentences: readonly TextRange[]): (range: TextRange) => boolean {
  const starts = new Set<number>()
  for (const { from, to } of sentences) {
    const [first] = words(text.slice(from, to))
    if (first) starts.add(from + first.from)
  }
  const small = new Set<string>()
  for (const { text: word, from } of words(text)) if (!isCapital(text, from)) small.add(word)

  return (range) => {
    const own = text.slice(range.from, range.to)
    if (/\p{N}/u.test(own) || contraction.test(own) || address.test(own)) return true
    return words(own).some(({ text: word, from }) => {
      if (negations.has(word) || numbers.has(word) || dates.has(word)) return true
      const at = range.from + from
      if (!isCapital(text, at) || stopWords.has(word)) return false
      return !(starts.has(at) && (lightWords.has(word) || small.has(word)))
    })
  }
}

function isCapital(text: string, at: number): boolean {
  return /^\p{Lu}/u.test(text.slice(at, at + 2))
}
