import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

/** Names, numbers and quoted words of a text in search form, by rules: what stands capitalised within a sentence, holds a digit, or stands in quotation marks. */
export function entitiesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const word of words(text)) {
    const begins = /(?:^|[.!?:]\s+|\n\s*|["“]\s*)$/.test(text.slice(Math.max(0, word.from - 4), word.from))
    const capital = /^\p{Lu}/u.test(text.slice(word.from, word.from + 2))
    if (/\d/.test(word.text) || (capital && !begins && !stopWords.has(word.text))) found.add(word.text)
  }
  for (const [, quoted = ''] of text.matchAll(/["“]([^"”]{2,40})["”]/g))
    for (const word of words(quoted)) if (!stopWords.has(word.text)) found.add(word.text)
  return found
}
