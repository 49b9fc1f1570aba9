import { stem } from '#shared/text-stem.ts'
import { lightWords, stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

/** What a sentence is worth remembering for, judged by its form alone: the same sentence has the same worth on every pass. */
export type SentenceInformation = {
  /** 0…1. */
  readonly worth: number
  /** Stems of its words of meaning, numbers included, for comparing sentences. */
  readonly stems: ReadonlySet<string>
}

const firstPerson = new Set('i me my mine myself we us our ours'.split(' '))
const decision =
  /\b(?:decid\w*|chose|chosen|agree\w*|going to|will|'ll|plan\w*|let'?s|must|never|always|remember|deadline|until|since|promise\w*)\b/i
const liking = /\b(?:like[sd]?|love[sd]?|hate[sd]?|prefer\w*|favou?rite\w*|enjoy\w*|avoid\w*|want\w*|need\w*|instead|rather)\b/i
const identity = /\b(?:my|our)\b[^.?!]{0,40}\b(?:is|are|was|were|called|named)\b|\bi(?:'m| am|'ve| have| live| work)\b/i
const months =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/gi

/**
 * Names, numbers and dates, first-person statements, decisions and likings count; the user's words count above the
 * assistant's, since facts come from what the user said (rule M6). A question counts only for what it tells beside asking,
 * unless it was left open.
 */
export function sentenceInformation(
  text: string,
  speaker: 'user' | 'assistant' | undefined,
  openQuestion = false,
): SentenceInformation {
  const found = words(text)
  const stems = new Set<string>()
  let names = 0
  let numbers = 0
  let light = 0
  let says = false
  for (const word of found) {
    if (firstPerson.has(word.text)) says = true
    if (/\d/.test(word.text)) numbers++
    else if (word.from > 0 && /^\p{Lu}/u.test(text.slice(word.from, word.from + 2)) && !stopWords.has(word.text)) names++
    if (stopWords.has(word.text)) continue
    if (lightWords.has(word.text)) light++
    stems.add(stem(word.text))
  }
  const dates = text.match(months)?.length ?? 0
  const content = Math.max(0, stems.size - 0.6 * light)
  const question = /[?？]["'”’)]*$/.test(text)
  const full = (value: number, half: number): number => value / (value + half)
  let worth = 0.3 * full(content, 4) + 0.2 * full(names, 1) + 0.18 * full(numbers + dates, 1)
  if (says && speaker !== 'assistant') worth += 0.12
  if (speaker !== 'assistant' && identity.test(text)) worth += 0.1
  if (decision.test(text)) worth += 0.06
  if (says && liking.test(text)) worth += 0.06
  if (stems.size < 2) worth *= 0.4
  if (question) worth *= openQuestion ? 0.9 : says ? 0.7 : 0.4
  // A long sentence of many parts says little per token of the summary.
  if (found.length > 45) worth *= 45 / found.length
  if (speaker === 'assistant') worth *= 0.5
  return { worth: Math.min(1, worth), stems }
}

/** Share of the smaller set that the other holds too, 0…1; sets of one or two count as three, since they are alike by chance. */
export function overlap<One>(a: ReadonlySet<One>, b: ReadonlySet<One>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  let shared = 0
  for (const one of small) if (large.has(one)) shared++
  return shared / Math.max(small.size, 3)
}
