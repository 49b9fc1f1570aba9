import type { Memory, Sentence } from './memory.ts'
import { fallenOut, type SentenceOffer, selectSentences } from './select-sentences.ts'
import { sentenceInformation } from './sentence-information.ts'

export type FoldLevelsRequest = {
  /** Sentences that lost their place in the summary of level 0. */
  readonly fallen: readonly Sentence[]
  /** The summaries in force above level 0 on this branch, from level 1 up. */
  readonly above: readonly Memory[]
  readonly maxLevels: number
  /** Caps of each level above 0. */
  readonly maxSentences: number
  readonly maxTokens: number
  readonly count: (text: string) => number
}

export type FoldedLevel = { readonly level: number; readonly previous?: Memory; readonly sentences: readonly Sentence[] }

export type FoldedLevels = {
  /** The levels that change, from 1 up. */
  readonly levels: readonly FoldedLevel[]
  /** What not even the highest level had room for: it is in no summary any more and must be reported. */
  readonly lost: readonly Sentence[]
}

/**
 * Summaries of summaries: what falls out of level n is taken in by level n + 1, under that level's own cap, so that nothing
 * leaves a summary without going somewhere or being named in `lost`.
 */
export function foldLevels({ fallen, above, maxLevels, maxSentences, maxTokens, count }: FoldLevelsRequest): FoldedLevels {
  const levels: FoldedLevel[] = []
  let incoming = fallen
  for (let level = 1; level <= maxLevels && incoming.length > 0; level++) {
    const previous = above.find((memory) => memory.level === level)
    const offers = [...(previous?.sentences ?? []).map(oldOffer), ...incoming.map(newOffer)]
    const selection = selectSentences({ offers, maxSentences, maxTokens, count })
    levels.push({ level, ...(previous && { previous }), sentences: selection.chosen.map(({ sentence }) => sentence) })
    incoming = fallenOut(selection).map(({ sentence }) => sentence)
  }
  return { levels, lost: incoming }
}

// On the upper levels a place once won weighs less than below: what comes up has won places too.
const bonusForOld = 1.1
const oldOffer = (sentence: Sentence): SentenceOffer => ({ ...newOffer(sentence), bonus: bonusForOld })
const newOffer = (sentence: Sentence): SentenceOffer => ({
  sentence,
  information: sentenceInformation(sentence.text, sentence.speaker),
  bonus: 1,
  pinned: false,
})
