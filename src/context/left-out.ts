import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { Memory } from '#memory/memory.ts'
import type { CountTokens } from './assemble-input.ts'
import { layMessage, messageFacts } from './lay-message.ts'
import type { DroppedItem, DropReason } from './manifest.ts'
import { clip } from './recalled-block.ts'
import { type Hidden, roundStart, unsentReason } from './rounds.ts'
import type { ChatTemplate } from './template.ts'

/** Messages of one stretch that are listed one by one; the older ones are one entry with a range. */
const listedPerStretch = 20

const excerpt = 240

export function leftOutMemory(memory: Memory, section: 'you' | 'summary', tokens: number, reason: DropReason): DroppedItem {
  return {
    kind: section === 'you' ? 'memory' : 'summary',
    section,
    key: memory.id,
    text: clip(memory.text, excerpt),
    tokens,
    at: memory.createdAt,
    memoryId: memory.id,
    evidence: memory.evidence,
    reason,
    ...(memory.conversationId === undefined ? {} : { conversationId: memory.conversationId }),
  }
}

export function leftOutCandidate(candidate: Candidate, tokens: number, reason: DropReason): DroppedItem {
  const { kind, key, text, at, role, conversationId, conversationTitle, memoryId, evidence, score } = candidate
  const messageId = kind === 'excerpt' ? evidence[0]?.messageId : undefined
  return {
    kind,
    section: 'recalled',
    key,
    text: clip(text, excerpt),
    tokens,
    at,
    evidence,
    score,
    reason,
    ...(role === undefined ? {} : { role }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(conversationTitle === undefined ? {} : { conversationTitle }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(memoryId === undefined ? {} : { memoryId }),
  }
}

/** Why an older value stays out; undefined where nothing replaced it. */
export function supersession({ replacedBy, validUntil }: Memory): DropReason | undefined {
  if (replacedBy === undefined) return undefined
  return { type: 'superseded', by: replacedBy, ...(validUntil === undefined ? {} : { at: validUntil }) }
}

export type MessagesLeftOut = {
  readonly path: readonly Message[]
  /** Messages before this index do not stand in the prompt; those after it do, but for empty replies. */
  readonly to: number
  /** The summary that stands in the prompt. */
  readonly summary: Pick<Memory, 'id' | 'covers'> | undefined
  /** Why a message that no summary covers is out, by the tokens that it would take to reach back to it. */
  readonly reasonFor: (neededTokens: number) => DropReason
  readonly hidden: Hidden
  readonly template: ChatTemplate
  readonly count: CountTokens
}

/** What the branch holds and the prompt does not, nearest first. Few messages are counted, however long the branch is. */
export function leftOutMessages(input: MessagesLeftOut): DroppedItem[] {
  const { path, to, summary, hidden, template, count } = input
  const [coveredFrom, coveredTo] = coverage(path, to, summary)
  const dropped: DroppedItem[] = []
  const stretches = [
    { from: coveredTo, to, folded: false },
    { from: coveredFrom, to: coveredTo, folded: true },
    { from: 0, to: coveredFrom, folded: false },
  ]
  let reach = 0
  let reached = to
  for (const { from, to: end, folded } of stretches) {
    let listed = 0
    for (let at = end; at > from; ) {
      // A round enters as a whole: it takes all of its tokens, and those of every round after it, to reach any message in it.
      const start = roundStart(path, at)
      const costs = path
        .slice(start, at)
        .map((message) => (unsentReason(message, hidden) ? 0 : layMessage(template, message, 'turns', '', count).tokens))
      if (start < reached) reach += costs.reduce((sum, tokens) => sum + tokens, 0)
      reached = Math.min(reached, start)
      const reason = folded && summary ? ({ type: 'folded', into: summary.id } as const) : input.reasonFor(reach)
      if (listed >= listedPerStretch) {
        dropped.push(rangeOf(path, from, at, reason))
        break
      }
      for (let index = at - 1; index >= Math.max(start, from); index--) {
        const message = path[index]
        if (!message) continue
        const unsent = unsentReason(message, hidden)
        const own = unsent?.type === 'empty' && folded ? undefined : unsent
        dropped.push(leftOutMessage(message, costs[index - start] ?? 0, own ?? reason))
        listed++
      }
      at = Math.max(start, from)
    }
  }
  for (let index = to; index < path.length; index++) {
    const message = path[index]
    const unsent = message && unsentReason(message, hidden)
    if (unsent) dropped.push(leftOutMessage(message, 0, unsent))
  }
  return dropped
}

function leftOutMessage(message: Message, tokens: number, reason: DropReason): DroppedItem {
  const { kind, key, role, at, conversationId, messageId, evidence } = messageFacts(message, '')
  return {
    kind,
    section: 'turns',
    key,
    text: clip(message.text, excerpt),
    tokens,
    at,
    role,
    conversationId,
    messageId,
    evidence,
    reason,
  }
}

function rangeOf(path: readonly Message[], from: number, to: number, reason: DropReason): DroppedItem {
  const first = path[from]
  const last = path[to - 1]
  if (!first || !last) throw new Error('Longhand bug: a range without messages')
  const messages = to - from
  return {
    kind: 'message',
    section: 'turns',
    key: `${first.id}…${last.id}`,
    text: messages === 1 ? 'one earlier message' : `${messages} earlier messages`,
    tokens: 0,
    at: first.createdAt,
    conversationId: first.conversationId,
    evidence: [],
    reason,
    range: { from: first.id, to: last.id, messages },
  }
}

/** The stretch of `path` before `to` that a summary covers, as [from, to). */
function coverage(path: readonly Message[], to: number, summary: MessagesLeftOut['summary']): readonly [number, number] {
  const covers = summary?.covers
  if (!covers) return [0, 0]
  const last = path.findLastIndex((message) => message.id === covers.upTo)
  const first = path.findIndex((message) => message.id === covers.from)
  const end = Math.min(to, last + 1)
  return [Math.min(Math.max(0, first), end), end]
}
