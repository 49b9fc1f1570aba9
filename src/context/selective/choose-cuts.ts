import { mostShortened } from '#chat/prompt-wishes.ts'
import type { TextRange } from '#shared/text-sentences.ts'
import { informationByTokens, informationByWords, type ScoredToken } from './phrase-information.ts'
import { type PhrasedSentence, phrasesOf } from './phrases.ts'

/**
 * The places of a text to leave out, in order and disjoint: whole phrases, least informative first, for as long as they take
 * no more than `ratio` of all its tokens (rule C36). Never one that is kept. What is left out at a ratio is left out at every
 * larger one.
 *
 * @param ratio 0…0.8; more counts as 0.8
 * @param tokens scores by a model; absent: estimated from word statistics
 */
export function chooseCuts(
  text: string,
  ratio: number,
  count: (text: string) => number,
  tokens?: readonly ScoredToken[],
): readonly TextRange[] {
  const sentences = phrasesOf(text)
  const phrases = sentences.flatMap((sentence) => sentence.phrases)
  const information = tokens ? informationByTokens(text, phrases, tokens) : informationByWords(text, phrases)
  const weights = phrases.map(({ from, to }) => count(text.slice(from, to)))
  let room = Math.min(ratio, mostShortened) * weights.reduce((sum, weight) => sum + weight, 0)
  const order = phrases
    .map((_, at) => at)
    .filter((at) => !phrases[at]?.kept)
    .sort((a, b) => (information[a] ?? 0) - (information[b] ?? 0) || a - b)
  const gone = new Set<TextRange>()
  for (const at of order) {
    const phrase = phrases[at]
    room -= weights[at] ?? 0
    if (!phrase || room < 0) break
    gone.add(phrase)
  }
  return placesOf(text, sentences, gone)
}

/**
 * Phrases left out as places: with them what ended their sentence where all of it goes, the pause before them where the
 * sentence now ends there, and no white space twice.
 */
function placesOf(text: string, sentences: readonly PhrasedSentence[], gone: ReadonlySet<TextRange>): readonly TextRange[] {
  const places: { from: number; to: number }[] = []
  const add = (from: number, to: number) => {
    const last = places.at(-1)
    if (last && last.to >= from) last.to = Math.max(last.to, to)
    else places.push({ from, to })
  }
  let end = 0
  for (const { to, phrases } of sentences) {
    const last = phrases.findLast((phrase) => !gone.has(phrase))
    if (phrases.length > 0 && !last) add(end, to)
    else
      for (const phrase of phrases)
        if (gone.has(phrase)) add(phrase.from === last?.to ? pauseAt(text, last) : phrase.from, phrase.to)
    end = to
  }
  return places.map(({ from, to }) => ({ from, to: isOpen(text, from) ? pastSpace(text, to) : to }))
}

/** Where the comma, or another pause, begins with which a phrase ends; else its end. */
function pauseAt(text: string, { from, to }: TextRange): number {
  const words = text.slice(from, to).replace(/[\s,;:，；：、–—-]+$/u, '')
  return words === '' ? to : from + words.length
}

/** Whether nothing, or white space, stands before a place. */
function isOpen(text: string, from: number): boolean {
  return from === 0 || /\s/u.test(text[from - 1] ?? '')
}

function pastSpace(text: string, at: number): number {
  let to = at
  while (to < text.length && /\s/u.test(text[to] ?? '')) to++
  return to
}
