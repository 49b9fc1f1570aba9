import type { Message } from '#chat/message.ts'
import { words } from '#shared/text-words.ts'
import type { CallReport, DropReason } from './ask.ts'
import type { Memory, Sentence } from './memory.ts'
import { type SentenceOffer, selectSentences } from './select-sentences.ts'
import { overlap, sentenceInformation } from './sentence-information.ts'
import { summaryLines } from './summary-lines.ts'
import { unchanged } from './summary-prompt.ts'
import { findSupport, summarySources } from './summary-support.ts'

export type CheckRequest = {
  /** What the model wrote. */
  readonly output: string
  readonly previous?: Memory
  readonly messages: readonly Message[]
  /** The messages that the sentences of `previous` came from: without them only its own lines, word for word, go on. */
  readonly older?: readonly Message[]
  readonly pinned?: readonly Sentence[]
  readonly maxSentences: number
  readonly maxTokens: number
  readonly count: (text: string) => number
}

export type SummaryFault =
  | 'empty'
  | 'copied'
  | 'lost-old-memory'
  | 'unsupported-lines'
  | 'repeated-lines'
  | 'over-the-cap'
  | 'pinned-missing'

/** What became of a model's summary: taken as it is, taken after repairs, or not at all. */
export type CheckedSummary = {
  /** Why it was repaired or rejected. */
  readonly faults: readonly SummaryFault[]
  /** Lines that the conversation does not support, and which were left out. */
  readonly droppedLines: readonly string[]
  /** Parsed: it was taken. */
  readonly calls: CallReport
} & (
  | { readonly verdict: 'accepted' | 'repaired'; readonly sentences: readonly Sentence[]; readonly fallen: readonly Sentence[] }
  | { readonly verdict: 'rejected' }
)

// Share of six-word sequences taken over from the conversation from which a text is a copy and no summary.
const copiedFrom = 0.8
// Share of the old memory's words of meaning that a new one keeps at least (methods: the guard of Recursively Summarizing).
const keepAtLeast = 0.4
// A summary this close to a cap has no room: what is missing fell to the cap.
const nearCap = 0.85

/**
 * Reads a model's summary and decides whether it may enter memory. Every line needs sentences that support it, which become
 * its evidence (rule M3); a line without is left out. Rejected summaries are made anew by `extractSummary`.
 */
export function checkSummary(request: CheckRequest): CheckedSummary {
  const { output, previous, messages, older = [], pinned = [], maxSentences, maxTokens, count } = request
  if (
    previous &&
    output
      .trim()
      .replace(/^-\s+|[.\s]+$/g, '')
      .toLowerCase() === unchanged
  )
    return {
      verdict: 'accepted',
      sentences: previous.sentences,
      fallen: [],
      faults: [],
      droppedLines: [],
      calls: { asked: 1, parsed: 1, lines: 0, dropped: 0 },
    }

  const lines = summaryLines(output)
  const report = (taken: boolean, counts: Partial<Record<DropReason, number>>): CallReport => {
    const why = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    const dropped = Object.values(why).reduce((sum, count) => sum + count, 0)
    return { asked: 1, parsed: taken ? 1 : 0, lines: lines.length, dropped, ...(dropped > 0 && { why }) }
  }
  if (lines.length === 0) return { verdict: 'rejected', faults: ['empty'], droppedLines: [], calls: report(false, {}) }
  if (isCopy(lines, messages))
    return { verdict: 'rejected', faults: ['copied'], droppedLines: [], calls: report(false, { copied: lines.length }) }

  const faults = new Set<SummaryFault>()
  const droppedLines: string[] = []
  const sources = summarySources(messages, previous, older)
  const before = new Map(previous?.sentences.map(({ text, evidence }) => [text, evidence]))
  const offers: SentenceOffer[] = []
  for (const text of lines) {
    const evidence = before.get(text) ?? findSupport(text, sources)
    const information = sentenceInformation(text, undefined)
    if (!evidence) droppedLines.push(text)
    else if (offers.some((other) => isSame(other.information.stems, information.stems))) faults.add('repeated-lines')
    else offers.push({ sentence: { text, evidence }, information, bonus: 1, pinned: false })
  }
  if (droppedLines.length > 0) faults.add('unsupported-lines')
  const unsupported = droppedLines.length
  const repeated = lines.length - unsupported - offers.length
  if (offers.length === 0)
    return { verdict: 'rejected', faults: [...faults], droppedLines, calls: report(false, { unsupported, repeated }) }

  const withPinned = withPinnedSentences(offers, pinned)
  if (withPinned.added) faults.add('pinned-missing')
  const selection = selectSentences({ offers: withPinned.offers, maxSentences, maxTokens, count })
  const isFull = offers.length >= maxSentences || selection.tokens >= nearCap * maxTokens
  if (selection.left.length > 0) faults.add('over-the-cap')

  const old = (previous?.sentences ?? []).map((sentence) => ({
    sentence,
    stems: sentenceInformation(sentence.text, sentence.speaker).stems,
  }))
  const said = new Set(selection.chosen.flatMap(({ information }) => [...information.stems]))
  const known = new Set(old.flatMap(({ stems }) => [...stems]))
  const kept = [...known].filter((one) => said.has(one)).length
  if (known.size > 0 && kept < keepAtLeast * known.size && !isFull)
    return {
      verdict: 'rejected',
      faults: [...faults, 'lost-old-memory'],
      droppedLines,
      calls: report(false, { unsupported, repeated, forgot: offers.length }),
    }

  return {
    verdict: faults.size === 0 ? 'accepted' : 'repaired',
    sentences: selection.chosen.map(({ sentence }) => sentence),
    fallen: old.filter(({ stems }) => overlap(stems, said) < 0.6).map(({ sentence }) => sentence),
    faults: [...faults],
    droppedLines,
    calls: report(true, { unsupported, repeated, 'no-room': selection.left.length }),
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return Math.min(a.size, b.size) / Math.max(a.size, b.size, 1) >= 0.8 && overlap(a, b) >= 0.9
}

function withPinnedSentences(offers: readonly SentenceOffer[], pinned: readonly Sentence[]) {
  const missing = pinned.filter(({ text }) => !offers.some(({ sentence }) => sentence.text === text))
  const texts = new Set(pinned.map(({ text }) => text))
  const kept = missing.map((sentence) => ({
    sentence,
    information: sentenceInformation(sentence.text, sentence.speaker),
    bonus: 1,
    pinned: true,
  }))
  return {
    added: missing.length > 0,
    offers: [...kept, ...offers.map((offer) => (texts.has(offer.sentence.text) ? { ...offer, pinned: true } : offer))],
  }
}

/** Whether the model wrote the conversation down again: speaker labels, or runs of words taken over. */
function isCopy(lines: readonly string[], messages: readonly Message[]): boolean {
  const labelled = lines.filter((line) => /^(?:user|assistant)(?: \([^)]*\))?\s*:/i.test(line)).length
  if (labelled * 2 > lines.length) return true
  const runs = (text: string): string[] => {
    const found = words(text).map((word) => word.text)
    return found.slice(0, Math.max(0, found.length - 5)).map((_, index) => found.slice(index, index + 6).join(' '))
  }
  const source = new Set(messages.flatMap(({ text }) => runs(text)))
  const own = lines.flatMap(runs)
  return own.length >= 12 && own.filter((run) => source.has(run)).length > copiedFrom * own.length
}
