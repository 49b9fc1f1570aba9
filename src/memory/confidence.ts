import { words } from '#shared/text-words.ts'
import { asksAtLarge } from './asks-at-large.ts'
import { rarityOf } from './cue-terms.ts'
import type { MessageTable } from './message-table.ts'

/** How many of the best messages are asked whether they hold every word of the cue. */
const bestMessages = 3

/** A logistic model with few parts, so that the few questions without an answer that it was fitted on can carry it. */
const weights = { start: 1.4, rarest: -0.48, allThere: 3.25, perWord: 0.061, atLarge: 3.4 }

/**
 * How sure it is that memory holds what a cue asks, 0…1; one half where as many such cues can be answered as not.
 *
 * A cue about what was never said mostly has a strong topic and one detail that is missing, so the best message's match
 * says little. What tells is how rare the cue's rarest word is in memory, for its length; whether every word of meaning
 * stands somewhere in the best three messages; and whether the cue asks at large, for which any part of the topic serves.
 * Chosen on LongMemEval and BEAM together: docs/memory-scorecard.md.
 *
 * @param best rows of the messages that score best, best first
 */
export function confidenceOf(text: string, best: readonly number[], table: MessageTable): number {
  const { vocabulary } = table
  const rarities = new Map<string | number, number>()
  for (const { text: word } of words(text, true)) {
    const term = vocabulary.known(word)
    const rarity = rarityOf(word, term === undefined ? 0 : table.frequency(term), table.liveRows)
    if (rarity > 0) rarities.set(term ?? word, rarity)
  }
  if (best.length === 0 || rarities.size === 0) return 0
  const there = new Set<string | number>(best.slice(0, bestMessages).flatMap((row) => [...table.terms(row)]))
  const allThere = [...rarities.keys()].every((term) => there.has(term))
  const sum =
    weights.start +
    weights.rarest * Math.max(...rarities.values()) +
    weights.perWord * rarities.size +
    (allThere ? weights.allThere : 0) +
    (asksAtLarge(text) ? weights.atLarge : 0)
  return 1 / (1 + Math.exp(-sum))
}
