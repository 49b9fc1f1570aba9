import { commonInOrder } from '#shared/text-likeness.ts'

/** From this share of its words on, a text counts as a quotation (Reasoning with Attributions, paper #9). */
export const quotedShare = 0.9
/** Fewer words than these are said by chance. */
const leastQuote = 4

/** The greatest share of a sentence's words that one stretch of a text, no longer than it by a tenth, holds in their order; 0 for fewer words than `least`. */
export function quoteShare(sentence: readonly string[], text: readonly string[], least = leastQuote): number {
  if (sentence.length < least) return 0
  const most = Math.floor(sentence.length * (1 - quotedShare))
  // A stretch that holds enough of them holds one of the first words at the place where it begins.
  const heads = new Set(sentence.slice(0, most + 1))
  let best = 0
  for (let at = 0; at < text.length; at++) {
    if (!heads.has(text[at] ?? '')) continue
    const stretch = text.slice(at, at + sentence.length + most)
    best = Math.max(best, commonInOrder(sentence, stretch) / sentence.length)
    if (best === 1) break
  }
  return best
}
