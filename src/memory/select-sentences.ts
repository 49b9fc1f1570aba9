import type { Sentence } from './memory.ts'
import { renderSentences } from './render-sentences.ts'
import { overlap, type SentenceInformation } from './sentence-information.ts'

/** A sentence that asks for a place in a summary. */
export type SentenceOffer = {
  readonly sentence: Sentence
  readonly information: SentenceInformation
  /** Factor on its worth: above 1 for sentences that an earlier summary chose. */
  readonly bonus: number
  /** Kept whatever it is worth. */
  readonly pinned: boolean
}

export type SelectRequest = {
  /** In the order in which they are to stand. */
  readonly offers: readonly SentenceOffer[]
  readonly maxSentences: number
  /** Tokens of the rendered text. */
  readonly maxTokens: number
  readonly count: (text: string) => number
}

export type Selection = {
  readonly chosen: readonly SentenceOffer[]
  readonly left: readonly SentenceOffer[]
  readonly tokens: number
}

// How strongly likeness to a chosen sentence lowers a sentence's worth, and the likeness from which it adds nothing.
const likenessCost = 0.85
const sameFrom = 0.9
// A text that is nearly full turns many sentences away; the rest would not fit either.
const maxMisses = 60
// What a sentence may take less beside others than by itself: a token may reach over either of its ends.
const mergedAtMost = 2

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998, SIGIR): takes the sentence of most worth that is least like
 * those taken already, again and again, until a cap is reached. Pinned sentences come first and are never left out (M2);
 * three places stay open for others beside them.
 */
export function selectSentences({ offers, maxSentences, maxTokens, count }: SelectRequest): Selection {
  const taken = new Set<SentenceOffer>()
  const likeness = new Map<SentenceOffer, number>(offers.map((offer) => [offer, 0]))
  const take = (offer: SentenceOffer): void => {
    taken.add(offer)
    for (const other of offers)
      likeness.set(other, Math.max(likeness.get(other) ?? 0, overlap(offer.information.stems, other.information.stems)))
  }
  const text = (more?: SentenceOffer): string =>
    renderSentences(offers.filter((offer) => taken.has(offer) || offer === more).map(({ sentence }) => sentence))

  for (const offer of offers) if (offer.pinned) take(offer)
  const places = Math.max(maxSentences, taken.size + (taken.size > 0 ? Math.min(3, maxSentences) : 0))
  const open = new Set(offers.filter((offer) => !offer.pinned))
  let tokens = count(text())
  // By its own count, which is short and often known: the whole text is counted only where the sentence may enter.
  const cannotFit = ({ sentence }: SentenceOffer): boolean => tokens + count(` ${sentence.text}`) - mergedAtMost > maxTokens
  for (let misses = 0; taken.size < places && misses < maxMisses; ) {
    let best: SentenceOffer | undefined
    let bestWorth = 0
    for (const offer of open) {
      const like = likeness.get(offer) ?? 0
      const worth = like >= sameFrom ? 0 : offer.information.worth * offer.bonus * (1 - likenessCost * like)
      if (worth > bestWorth) [best, bestWorth] = [offer, worth]
    }
    if (!best) break
    open.delete(best)
    const longer = cannotFit(best) ? Number.POSITIVE_INFINITY : count(text(best))
    if (longer <= maxTokens) {
      take(best)
      tokens = longer
    } else misses++
  }
  return {
    chosen: offers.filter((offer) => taken.has(offer)),
    left: offers.filter((offer) => !taken.has(offer)),
    tokens,
  }
}

/** Of the sentences that found no place, those whose content is not in a chosen one either: what really fell out. */
export function fallenOut({ chosen, left }: Pick<Selection, 'chosen' | 'left'>): readonly SentenceOffer[] {
  return left.filter(
    (offer) => !chosen.some(({ information }) => overlap(information.stems, offer.information.stems) >= sameFrom),
  )
}
