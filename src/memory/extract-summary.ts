import type { Message } from '#chat/message.ts'
import { splitSentences } from '#shared/text-sentences.ts'
import type { Memory, Sentence } from './memory.ts'
import { fencedRanges, isProse } from './prose.ts'
import { fallenOut, type SentenceOffer, selectSentences } from './select-sentences.ts'
import { sentenceInformation } from './sentence-information.ts'

export type ExtractRequest = {
  /** The present summary, whose sentences compete with the new ones. */
  readonly previous?: Memory
  /** What it does not cover yet, oldest first. */
  readonly messages: readonly Message[]
  /** 8 to 12 suit a window of 4096 tokens. */
  readonly maxSentences: number
  /** Cap on the rendered summary. */
  readonly maxTokens: number
  readonly count: (text: string) => number
  /** Sentences that must stay: those of pinned versions. */
  readonly pinned?: readonly Sentence[]
}

export type ExtractedSummary = {
  readonly sentences: readonly Sentence[]
  /** Sentences worth keeping that lost or found no place and are said by no other: they go to the next level (rule M11). */
  readonly fallen: readonly Sentence[]
  readonly tokens: number
}

// Old sentences won their place once already, against others that are gone: without a bonus every pass would be a new draw.
const bonusForOld = 1.3
/** Worth from which a new sentence that found no place goes to the next level: a plain statement about oneself reaches it. */
const worthKeeping = 0.2

/**
 * A summary with no model: exact sentences of what was said, with the place each stands at. The speaker is named when it is
 * rendered, so that a sentence stays a quotation. Chosen by information and unlikeness (`selectSentences`); old and new
 * compete in one draw, the old with a bonus. Deterministic.
 */
export function extractSummary({
  previous,
  messages,
  maxSentences,
  maxTokens,
  count,
  pinned = [],
}: ExtractRequest): ExtractedSummary {
  const pinnedTexts = new Set(pinned.map(({ text }) => text))
  const old = previous?.sentences ?? []
  const oldTexts = new Set(old.map(({ text }) => text))
  const offered = new Set(oldTexts)
  const kept = [...pinned.filter(({ text }) => !oldTexts.has(text)), ...old]
  const offers: SentenceOffer[] = kept.map((sentence) => ({
    sentence,
    information: sentenceInformation(sentence.text, sentence.speaker),
    bonus: bonusForOld,
    pinned: pinnedTexts.has(sentence.text),
  }))
  const oldOffers = new Set(offers)
  // The same words again say nothing more, however short they are.
  for (const offer of messageOffers(messages)) {
    if (offered.has(offer.sentence.text)) continue
    offered.add(offer.sentence.text)
    offers.push(offer)
  }

  const selection = selectSentences({ offers, maxSentences, maxTokens, count })
  const out = fallenOut(selection).filter((offer) => oldOffers.has(offer) || offer.information.worth >= worthKeeping)
  const newOnes = out.filter((offer) => !oldOffers.has(offer))
  // Of a long stretch no more goes up than a level could hold, and nothing twice.
  const up = new Set(selectSentences({ offers: newOnes, maxSentences, maxTokens, count }).chosen)
  return {
    sentences: selection.chosen.map(({ sentence }) => sentence),
    fallen: out.filter((offer) => oldOffers.has(offer) || up.has(offer)).map(({ sentence }) => sentence),
    tokens: selection.tokens,
  }
}

/** Every sentence of the messages that could stand in a summary; code is left out. */
function messageOffers(messages: readonly Message[]): readonly SentenceOffer[] {
  return messages.flatMap((message, index) => {
    if (message.status === 'error') return []
    const answered = messages.slice(index + 1).some(({ role }) => role !== message.role)
    const fences = fencedRanges(message.text)
    return splitSentences(message.text, 300)
      .filter((range) => !fences.some((fence) => range.from < fence.to && fence.from < range.to))
      .filter((range) => isProse(message.text.slice(range.from, range.to)))
      .map((range): SentenceOffer => {
        const text = message.text.slice(range.from, range.to)
        const evidence = [{ conversationId: message.conversationId, messageId: message.id, from: range.from, to: range.to }]
        return {
          sentence: { text, evidence, speaker: message.role },
          information: sentenceInformation(text, message.role, !answered),
          bonus: 1,
          pinned: false,
        }
      })
  })
}
