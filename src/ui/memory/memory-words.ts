import {
  AlignLeft,
  BookKey,
  Calendar,
  CircleDashed,
  CircleQuestionMark,
  KeyRound,
  type LucideIcon,
  SquarePlus,
  TextQuote,
  UserRound,
} from 'lucide-react'
import type { Memory, MemoryKind } from '#memory/memory.ts'
import type { ModelRow } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'
import { formatCount, formatDay, formatPlural } from '#ui/kit/format.ts'

/** The kinds of memory as people read them. */
export const kindWords: Readonly<Record<MemoryKind, { readonly one: string; readonly many: string; readonly icon: LucideIcon }>> =
  {
    fact: { one: 'Fact', many: 'Facts', icon: SquarePlus },
    event: { one: 'Event', many: 'Events', icon: Calendar },
    loop: { one: 'Open loop', many: 'Open loops', icon: CircleDashed },
    slot: { one: 'Detail', many: 'Details', icon: KeyRound },
    summary: { one: 'Summary', many: 'Summaries', icon: AlignLeft },
    portrait: { one: 'Portrait', many: 'Portraits', icon: UserRound },
    segment: { one: 'Passage', many: 'Passages', icon: TextQuote },
    qa: { one: 'Question', many: 'Questions', icon: CircleQuestionMark },
    key: { one: 'Key', many: 'Keys', icon: BookKey },
  }

/** "2 facts", "1 summary". */
export function countOfKind(kind: MemoryKind, count: number): string {
  const { one, many } = kindWords[kind]
  return formatPlural(count, one.toLowerCase(), many.toLowerCase())
}

/** "since 12 March 2026, was: Lisbon until then", "said 2 June", "open for 12 days, until 20 July". */
export function validityWords(memory: Memory, was: Memory | undefined, now: number): string {
  const day = (at: number) => formatDay(at, now)
  const until = memory.validUntil === undefined ? '' : `until ${day(memory.validUntil)}`
  if (memory.kind === 'loop') {
    if (memory.retired || memory.replacedBy || (memory.validUntil ?? now) < now)
      return `open ${day(memory.validFrom)} ${until}`.trim()
    const days = Math.floor((now - memory.validFrom) / 86_400_000)
    return `open ${days < 1 ? 'since today' : `for ${formatPlural(days, 'day')}`}${until && `, ${until}`}`
  }
  if (memory.kind === 'event')
    return `${memory.validFrom === memory.createdAt ? 'said' : 'on'} ${day(memory.validFrom)}${until && `, ${until}`}`
  const held = was && memory.validFrom > was.validFrom ? `, was: ${was.text}` : ''
  return `since ${day(memory.validFrom)}${until && `, ${until}`}${held}`
}

/** Who made a memory, short: "extracted", "Qwen3 4B", "you". */
export function makerName(memory: Memory, models: readonly ModelRow[]): string {
  if (memory.madeBy === 'extracted') return 'extracted'
  if (memory.madeBy === 'user') return 'you'
  return models.find((row) => row.model.id === memory.modelId)?.model.name ?? memory.modelId ?? 'a model'
}

/** The same in a sentence that says what it means. */
export function makerSentence(memory: Memory, models: readonly ModelRow[]): string {
  if (memory.madeBy === 'extracted')
    return 'Extracted: exact sentences of the conversation, chosen by rules. No model wrote them.'
  if (memory.madeBy === 'user') return 'Written by you.'
  return `Written by ${makerName(memory, models)} and checked against the conversation.`
}

/** "turns 1–8, 16 messages"; without the turns where they are not known. */
export function coverageWords(memory: Memory, turnOf: ReadonlyMap<MessageId, number>): string | undefined {
  const { covers } = memory
  if (!covers) return undefined
  const messages = formatPlural(covers.messageCount, 'message')
  const last = turnOf.get(covers.upTo)
  if (last === undefined) return messages
  return last === 1 ? `turn 1, ${messages}` : `turns 1–${last}, ${messages}`
}

export function levelWords(level: number): string {
  return level === 0 ? 'of messages' : `level ${level}: what no longer fits the summary below it`
}

/** Words in a text: exact, where its tokens are not known without the model that reads it. */
export function wordCount(text: string): string {
  return formatPlural(text.split(/\s+/).filter(Boolean).length, 'word')
}

/** "every sentence has a source", or how many have. */
export function sourceWords(memory: Memory): string {
  const sourced = memory.sentences.filter((sentence) => sentence.evidence.length > 0).length
  if (memory.sentences.length === 0) return 'no sentences'
  const all = formatPlural(memory.sentences.length, 'sentence')
  if (sourced < memory.sentences.length) return `${all}, ${formatCount(sourced)} with a source`
  return memory.sentences.length === 1 ? `${all} with its source` : `${all}, each with its source`
}
