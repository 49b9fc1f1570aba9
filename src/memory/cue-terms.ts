import { words } from '#shared/text-words.ts'
import type { MessageTable } from './message-table.ts'
import { classOfWord } from './vocabulary.ts'

/** A word of the cue, with what finding it is worth. */
export type CueTerm = { readonly term: number; readonly weight: number }

export type CueTerms = {
  /** The words of meaning that some message may hold, rarest first. */
  readonly terms: readonly CueTerm[]
  /** Sum of the weights of all words of meaning, those that no message holds included: what a full match would find. */
  readonly mass: number
  /** Words of meaning that follow each other in the cue. */
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly weight: number }[]
  /** Whether the cue asks for what the assistant said. */
  readonly asksAssistant: boolean
}

const lightShare = 0.35
const maxTerms = 24
// Rarity is measured as if there were at least this many messages: in a new collection every word is rare.
const leastMessages = 200

const asked =
  /\b(?:you|assistant)\s+(?:(?:had|have|just|also|once|previously|earlier|already|first|last)\s+)*(?:said|told|suggested|recommended|mentioned|gave|given|advised|explained|listed|wrote|written|provided|described|shared|showed|came up|created|made|proposed|answered|called)\b|\bdid you (?:say|tell|suggest|recommend|mention|give|advise|explain|list|write|provide|describe|share|show|come|create|make|propose|answer|call)\b|\byour (?:\w+ )?(?:suggestions?|advice|answers?|recommendations?|explanations?|reply|replies|response|list|instructions?)\b/i

/** Inverse document frequency, smoothed so that it is never negative (Robertson and Zaragoza 2009, section 3.5). */
function rarity(frequency: number, messages: number): number {
  const n = Math.max(messages, leastMessages)
  return Math.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
}

/** Reads a cue: which words to look for and what each is worth. */
export function cueTerms(text: string, table: MessageTable): CueTerms {
  const { vocabulary } = table
  const weights = new Map<number, number>()
  const pairs = new Map<string, { first: number; second: number; weight: number }>()
  const unknown = new Map<string, number>()
  const unseen = rarity(0, table.liveRows)
  let before: number | undefined
  for (const word of words(text, true)) {
    const kind = classOfWord(word.text)
    if (kind === 'stop') continue
    const term = vocabulary.known(word.text)
    if (term === undefined || table.frequency(term) === 0) {
      // Asked for but never said: it weighs in the mass, so that a match of the rest is worth less.
      unknown.set(word.text, unseen * (kind === 'light' ? lightShare : 1))
      before = undefined
      continue
    }
    const weight = rarity(table.frequency(term), table.liveRows) * (kind === 'light' ? lightShare : 1)
    weights.set(term, weight)
    if (before !== undefined && before !== term) {
      const first = weights.get(before) ?? 0
      pairs.set(`${before} ${term}`, { first: before, second: term, weight: Math.min(first, weight) })
    }
    before = term
  }
  const all = [...weights].map(([term, weight]) => ({ term, weight })).sort((a, b) => b.weight - a.weight || a.term - b.term)
  const terms = all.slice(0, maxTerms)
  const room = Math.max(0, maxTerms - terms.length)
  const unknownMass = [...unknown.values()].slice(0, room).reduce((sum, weight) => sum + weight, 0)
  const mass = terms.reduce((sum, { weight }) => sum + weight, 0) + unknownMass
  return { terms, mass: Math.max(mass, unseen), pairs: [...pairs.values()], asksAssistant: asked.test(text) }
}
