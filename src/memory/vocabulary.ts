import { stem } from '#shared/text-stem.ts'
import { lightWords, stopWords } from '#shared/text-stop-words.ts'

/** What a word weighs in scoring: nothing, less than its rarity says, or fully. */
export type WordClass = 'stop' | 'light' | 'full'

/** Numbers for words: every form of a word has the number of its stem, the term. */
export interface Vocabulary {
  /** The term of a word in search form, made where it is new. */
  term(word: string): number
  /** The term of a word, where any message ever held one of its forms. */
  known(word: string): number | undefined
  classOf(term: number): WordClass
  /** What a term's words have in common, as `stem` makes it; for a stop word something that is no stem. */
  stemOf(term: number): string
  /** The terms of all words that begin so. */
  beginningWith(prefix: string): ReadonlySet<number>
  readonly size: number
}

const lightStems: ReadonlySet<string> = new Set([...lightWords].map(stem))

/** The class of a word in search form; the same for all its forms. */
export function classOfWord(word: string): WordClass {
  return stopWords.has(word) ? 'stop' : lightStems.has(stem(word)) ? 'light' : 'full'
}

export function createVocabulary(): Vocabulary {
  const terms = new Map<string, number>()
  const ofWord = new Map<string, number>()
  const classes: WordClass[] = []
  const stems: string[] = []

  // A stop word is a term of its own, so that "does" is no form of another word.
  const keyOf = (word: string): string => (stopWords.has(word) ? `=${word}` : stem(word))

  return {
    get size() {
      return classes.length
    },
    term(word) {
      const known = ofWord.get(word)
      if (known !== undefined) return known
      const key = keyOf(word)
      let term = terms.get(key)
      if (term === undefined) {
        term = classes.length
        terms.set(key, term)
        classes.push(classOfWord(word))
        stems.push(key)
      }
      ofWord.set(word, term)
      return term
    },
    known: (word) => ofWord.get(word) ?? terms.get(keyOf(word)),
    classOf: (term) => classes[term] ?? 'full',
    stemOf: (term) => stems[term] ?? '',
    beginningWith(prefix) {
      const found = new Set<number>()
      for (const [word, term] of ofWord) if (word.startsWith(prefix)) found.add(term)
      return found
    },
  }
}
