import { stem } from '#shared/text-stem.ts'
import { words } from '#shared/text-words.ts'
import type { MessageTable } from './message-table.ts'
import { classOfWord } from './vocabulary.ts'
import type { WeightedWord } from './word-kin.ts'

/** A word of the cue, with what finding it is worth. */
export type CueTerm = { readonly term: number; readonly weight: number }

export type CueTerms = {
  /** The words of meaning that some message may hold, rarest first. */
  readonly terms: readonly CueTerm[]
  /** Sum of the weights of all words of meaning, those that no message holds included: what a full match would find. */
  readonly mass: number
  /** Words that say what the cue is about, in search form; names of speakers and words about the conversation left out. */
  readonly topic: readonly WeightedWord[]
  /** The one speaker that the cue names, in search form. */
  readonly speaker: string | undefined
  /** Whether the cue asks, by its phrases, for what the assistant said. */
  readonly asksAssistant: boolean
  /** Whether it asks for a number. */
  readonly asksNumber: boolean
}

const lightShare = 0.35
const talkShare = 0.25
const maxTerms = 24
// Rarity is measured as if there were at least this many messages: in a new collection every word is rare.
const leastMessages = 200

/** Words with which people speak about a conversation, not about its subject. */
const talkStems: ReadonlySet<string> = new Set(
  `answer aspect ask bring chat conversation comprehensive detail discuss discussion follow item list look mention message
  only order overall previous previously question recall remember remind session share specific specifically summarize summary
  talk tell throughout topic various walk wonder`
    .split(/\s+/)
    .map(stem),
)

const said =
  'said|told|suggested|recommended|mentioned|gave|given|advised|explained|listed|wrote|written|provided|described|shared|showed|shown|came up|created|made|proposed|answered|called|named|used|generated|outlined|helped|taught|walked'
const askedAssistant = new RegExp(
  `\\b(?:you|assistant)(?:['’]d|['’]ve)?\\s+(?:(?:had|have|just|also|once|previously|earlier|already|first|last|specifically|originally|initially)\\s+)*(?:${said})\\b|\\bdid you\\b|\\byour (?:\\w+ )?(?:suggestions?|advice|answers?|recommendations?|explanations?|reply|replies|response|list|instructions?)\\b|\\bremind me\\b`,
  'i',
)
const askedUser = /\b(?:did I|have I|I(?:['’]ve| have| had)? (?:said|mentioned|told|brought|asked|shared|described|stated))\b/i
const askedNumber = /\bhow (?:many|much|often|old|long)\b/i

/** Inverse document frequency, smoothed so that it is never negative (Robertson and Zaragoza 2009, section 3.5). */
function rarity(frequency: number, messages: number): number {
  const n = Math.max(messages, leastMessages)
  return Math.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
}

/** What finding a word is worth by its rarity among so many messages; 0 for stop words. */
export function rarityOf(word: string, frequency: number, messages: number): number {
  const kind = classOfWord(word)
  return kind === 'stop' ? 0 : rarity(frequency, messages) * (kind === 'light' ? lightShare : 1)
}

/** Reads a cue: which words to look for and what each is worth. Without `readsPhrases` it never asks for what the assistant said. */
export function cueTerms(text: string, table: MessageTable, readsPhrases = true): CueTerms {
  const { vocabulary } = table
  const found = words(text, true)
  const named = new Set(found.flatMap((word) => (table.isSpeaker(word.text) ? [word.text] : [])))
  const speaker = named.size === 1 ? [...named][0] : undefined
  const weights = new Map<number, number>()
  const unknown = new Map<string, number>()
  const unseen = rarity(0, table.liveRows)
  const topic = new Map<string, number>()
  for (const word of found) {
    const kind = classOfWord(word.text)
    // Where one speaker is named, their messages are preferred as such; the name itself is in other people's.
    if (kind === 'stop' || word.text === speaker) continue
    const isTalk = talkStems.has(stem(word.text))
    const share = (kind === 'light' ? lightShare : 1) * (isTalk ? talkShare : 1)
    const term = vocabulary.known(word.text)
    const isKnown = term !== undefined && table.frequency(term) > 0
    const weight = (isKnown ? rarity(table.frequency(term), table.liveRows) : unseen) * share
    if (!isTalk && !named.has(word.text)) topic.set(word.text, weight)
    if (!isKnown) {
      // Asked for but never said: it weighs in the mass, so that a match of the rest is worth less.
      unknown.set(word.text, weight)
      continue
    }
    weights.set(term, weight)
  }
  const all = [...weights].map(([term, weight]) => ({ term, weight })).sort((a, b) => b.weight - a.weight)
  const terms = all.slice(0, maxTerms)
  const room = Math.max(0, maxTerms - terms.length)
  const unknownMass = [...unknown.values()].slice(0, room).reduce((sum, weight) => sum + weight, 0)
  const mass = terms.reduce((sum, { weight }) => sum + weight, 0) + unknownMass
  return {
    terms,
    mass: Math.max(mass, unseen),
    topic: [...topic].map(([text, weight]) => ({ text, weight })),
    speaker,
    asksAssistant: readsPhrases && askedAssistant.test(text) && !askedUser.test(text),
    asksNumber: askedNumber.test(text),
  }
}
