import { splitSentences, type TextRange } from '#shared/text-sentences.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'
import { keepsPhrase } from './keeps-phrase.ts'

/** A few words that are kept or left out together, with the white space before them (UTF-16 offsets). */
export type Phrase = TextRange & {
  /** It holds a name, a number, a date or a negation, and is never left out. */
  readonly kept: boolean
}

/** A sentence by its phrases; what ends it (`.`, `?”`) goes only with all of them. */
export type PhrasedSentence = TextRange & { readonly phrases: readonly Phrase[] }

/** Words of one phrase at most: a longer one would make the ratio coarse. */
const mostWords = 6

// Scripts without spaces give pieces of four characters.
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}ー'
const piecePattern = new RegExp(`\\s*(?:[${unspaced}]{1,4}|[^\\s${unspaced}]+)`, 'gu')
const sentenceEnd = /[.!?…。！？]+["'”’)\]*_」』]*$/u
const pause = /[,;:)\]、，；：–—-]["'”’]?$/u

/**
 * The lexical units of Selective Context (Li et al. 2023, section 3.2; their noun phrases need a parser): a phrase begins
 * where a function word follows a word of meaning, after a pause, and after six words. Phrases of a sentence follow each other
 * without a gap; between sentences lies only white space.
 */
export function phrasesOf(text: string): readonly PhrasedSentence[] {
  const sentences = splitSentences(text)
  const keeps = keepsPhrase(text, sentences)
  return sentences.map((sentence) => ({ ...sentence, phrases: phrasesIn(text, sentence, keeps) }))
}

function phrasesIn(text: string, { from, to }: TextRange, keeps: (range: TextRange) => boolean): Phrase[] {
  const end = to - (sentenceEnd.exec(text.slice(from, to))?.[0].length ?? 0)
  const phrases: Phrase[] = []
  let begun = from
  let count = 0
  let ended = false
  let meaning = false
  const finish = (at: number) => {
    if (at > begun) phrases.push({ from: begun, to: at, kept: keeps({ from: begun, to: at }) })
    begun = at
    count = 0
    meaning = false
  }
  for (const { 0: piece, index } of text.slice(from, end).matchAll(piecePattern)) {
    const own = words(piece)
    const isFunction = own.length > 0 && own.every((word) => stopWords.has(word.text))
    if (count > 0 && (ended || count >= mostWords || (isFunction && meaning))) finish(from + index)
    count++
    ended = own.length > 0 && pause.test(piece)
    meaning ||= !isFunction && own.length > 0
  }
  finish(end)
  return phrases
}
