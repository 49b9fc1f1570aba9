import type { HeadLine } from '#context/assemble-input.ts'
import { gapWords, progressWords } from '#memory/elapsed.ts'
import { contradictionsOf, inForce, isOpen } from '#memory/in-force.ts'
import type { Memory } from '#memory/memory.ts'
import { retention, retentionDays } from '#memory/retention.ts'
import type { ConversationId, MemoryId, MessageId } from '#shared/ids.ts'
import { endsFirst } from './ends-first.ts'
import type { Plan } from './profile.ts'
import type { SectionName } from './strategy.ts'

export type HeadLinesRequest = {
  readonly plan: Plan
  readonly memories: ReadonlyMap<MemoryId, Memory>
  readonly conversationId: ConversationId
  /** Messages that are sent as they were said: what is known from these alone needs no line. */
  readonly standing: ReadonlySet<MessageId>
  readonly now: number
  /** The message before the newest one, in this conversation or another; absent where there is none. */
  readonly lastAt?: number
  /** Minutes that local time is ahead of UTC, for dates. */
  readonly utcOffsetMinutes: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A plan is not spoken of for longer than this after its time has passed. */
const staleMs = 14 * dayMs
/** GapChat (paper #47): what has no stated end counts two years. */
const indefiniteMs = 730 * dayMs

/** The lines that the sections of a plan lay into the head: pinned memories first, each memory once, each with the rule that put it there. */
export function headLines(request: HeadLinesRequest): readonly HeadLine[] {
  const all = [...request.memories.values()]
  const pinned = all
    .filter((memory) => memory.pinned && memory.kind !== 'summary' && inForce(memory, request.now))
    .map((memory): HeadLine => ({ memory, text: memory.text, why: 'pinned' }))
  const taken = new Set(pinned.map(({ memory }) => memory.id))
  const lines = request.plan.sections.flatMap(({ section, most }) => {
    const offered = builders[section](request, all).filter(({ memory }) => !taken.has(memory.id) && !isStanding(memory, request))
    const kept = offered.slice(0, most)
    for (const { memory } of kept) taken.add(memory.id)
    return timed.has(section) ? kept : request.plan.order === 'ends-first' ? endsFirst(kept) : kept
  })
  return [...pinned, ...lines]
}

/** Sections whose lines stand in order of time: never reordered. */
const timed: ReadonlySet<SectionName> = new Set(['core', 'portrait', 'loops', 'outline', 'chronology'])

type Build = (request: HeadLinesRequest, all: readonly Memory[]) => readonly HeadLine[]

const builders: Readonly<Record<SectionName, Build>> = {
  core: ({ conversationId }, all) =>
    all
      .filter((memory) => memory.kind === 'slot' && isOpen(memory) && memory.conversationId === conversationId)
      .map((memory) => ({ memory, text: memory.text, why: 'core text that the model keeps' })),

  portrait: (_request, all) =>
    newestFirst(all.filter((memory) => memory.kind === 'portrait' && isOpen(memory)))
      .slice(0, 1)
      .map((memory) => ({ memory, text: memory.text, why: 'the newest portrait' })),

  slots: (request, all) =>
    newestFirst(all.filter((memory) => memory.kind === 'fact' && memory.slot?.single && isOpen(memory))).map((memory) => ({
      memory,
      text: `${slotWords(memory)}: ${memory.slot?.value} (since ${dayWords(memory.validFrom, request)})`,
      why: 'the newest value of its slot',
    })),

  facts: (request, all) => {
    const days = request.plan.knobs['memory-bank.retentionDays'] ?? retentionDays
    const open = new Map(
      contradictionsOf(all).flatMap(({ older, newer }) => [[older.id, newer] as const, [newer.id, older] as const]),
    )
    return all
      .filter((memory) => memory.kind === 'fact' && isOpen(memory))
      .map((memory) => ({ memory, kept: retention(memory, request.now, days) }))
      .sort((a, b) => b.kept - a.kept || b.memory.validFrom - a.memory.validFrom || (a.memory.id < b.memory.id ? -1 : 1))
      .map(({ memory, kept }): HeadLine => {
        const other = open.get(memory.id)
        const unsettled = other ? `; not settled, since the user also said: “${other.sentences[0]?.text ?? other.text}”` : ''
        return {
          memory,
          text: `${memory.text} (said ${dayWords(memory.validFrom, request)}${unsettled})`,
          why: `known fact, said ${memory.strength > 1 ? `${memory.strength} times` : 'once'}, retention ${kept.toFixed(2)}`,
        }
      })
  },

  shared: (request, all) =>
    newestFirst(all.filter((memory) => memory.replacedBy !== undefined && memory.kind === 'fact' && !memory.retired)).flatMap(
      (before) => {
        const memory = before.replacedBy && request.memories.get(before.replacedBy)
        if (!memory || !isOpen(memory)) return []
        const [was, is] = memory.slot?.single && before.slot ? [before.slot.value, memory.slot.value] : [before.text, memory.text]
        if (was === is) return []
        return [
          {
            memory,
            text: `${slotWords(memory)}: was ${was}, now ${is} (since ${dayWords(memory.validFrom, request)})`,
            why: 'what changed',
          },
        ]
      },
    ),

  loops: (request, all) => {
    const gapHours = request.plan.knobs['gap-chat.gapHours'] ?? 6
    if (request.lastAt === undefined || request.now - request.lastAt < gapHours * hourMs) return []
    return all
      .filter((memory) => memory.kind === 'loop' && isOpen(memory))
      .filter((memory) => request.now - memory.validFrom < (memory.durationMs ?? indefiniteMs) + staleMs)
      .sort((a, b) => b.validFrom - a.validFrom)
      .map((memory) => {
        const elapsed = request.now - memory.validFrom
        const progress = progressWords(elapsed, memory.durationMs ?? indefiniteMs)
        return { memory, text: `${memory.text} (${gapWords(elapsed)}; ${progress})`, why: `open plan: ${progress}` }
      })
  },

  outline: ({ conversationId }, all) =>
    oldestFirst(
      all.filter((memory) => memory.kind === 'segment' && isOpen(memory) && memory.conversationId === conversationId),
    ).map((memory, index) => ({ memory, text: `Part ${index + 1}: ${memory.text}`, why: 'part of this conversation' })),

  chronology: ({ conversationId, now }, all) =>
    newestFirst(all.filter((memory) => memory.kind === 'segment' && isOpen(memory) && memory.conversationId !== conversationId))
      .slice(0, 12)
      .toReversed()
      .map((memory) => ({ memory, text: `[${gapWords(now - memory.validFrom)}] ${memory.text}`, why: 'an earlier sitting' })),
}

function isStanding({ evidence }: Memory, { standing }: HeadLinesRequest): boolean {
  return evidence.length > 0 && evidence.every(({ messageId }) => standing.has(messageId))
}

const newestFirst = (memories: readonly Memory[]) =>
  memories.toSorted((a, b) => b.validFrom - a.validFrom || (a.id < b.id ? -1 : 1))
const oldestFirst = (memories: readonly Memory[]) => newestFirst(memories).toReversed()

function slotWords({ slot }: Memory): string {
  return (slot?.name ?? 'fact').replace(/^user\//, '').replaceAll('/', ', ')
}

function dayWords(at: number, { utcOffsetMinutes }: HeadLinesRequest): string {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)
}
