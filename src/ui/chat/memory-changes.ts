import type { Message } from '#chat/message.ts'
import type { MemoryKind, MemoryOp } from '#memory/memory.ts'
import type { OpenConversation } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'

/** Changes that a conversation made to memory after one of its replies. */
export type ReplyChanges = readonly MemoryOp[]

const none: ReadonlyMap<MessageId, ReplyChanges> = new Map()

/**
 * The changes that the open conversation made to memory, by the reply that they came after: the last one begun before them.
 * The same objects give the same map, so that it can be asked for by every reply.
 */
export function changesByReply(
  ops: readonly MemoryOp[],
  open: OpenConversation | undefined,
): ReadonlyMap<MessageId, ReplyChanges> {
  if (!open) return none
  const known = made.get(open)
  if (known && known.ops === ops) return known.changes
  const changes = find(ops, open)
  made.set(open, { ops, changes })
  return changes
}

const made = new WeakMap<
  OpenConversation,
  { readonly ops: readonly MemoryOp[]; readonly changes: ReadonlyMap<MessageId, ReplyChanges> }
>()

function find(ops: readonly MemoryOp[], { conversation, messages }: OpenConversation): ReadonlyMap<MessageId, ReplyChanges> {
  const replies = messages.filter(({ role }) => role === 'assistant')
  if (replies.length === 0) return none
  const changes = new Map<MessageId, MemoryOp[]>()
  for (const op of ops) {
    if (op.cause.type !== 'epoch-closed' || op.cause.conversationId !== conversation.id || op.type === 'undo') continue
    const after = lastBefore(replies, op.at)
    if (!after) continue
    const list = changes.get(after.id)
    if (list) list.push(op)
    else changes.set(after.id, [op])
  }
  return changes
}

function lastBefore(replies: readonly Message[], at: number): Message | undefined {
  let from = 0
  let to = replies.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((replies[middle]?.createdAt ?? 0) <= at) from = middle + 1
    else to = middle
  }
  return replies[from - 1]
}

/** A count of one sort of change: what is new is a gain, what took another's place a swap. */
export type ChangeCount = {
  readonly figure: string
  readonly words: string
  readonly tone: 'gain' | 'swap' | 'plain'
}

const names: Readonly<Partial<Record<MemoryKind, readonly [one: string, many: string]>>> = {
  fact: ['fact', 'facts'],
  event: ['event', 'events'],
  loop: ['open loop', 'open loops'],
  slot: ['detail', 'details'],
  portrait: ['portrait', 'portraits'],
}

/** "+2 facts", "1 replaced", "summary rewritten": what changes add up to, what is new first. */
export function changeCounts(ops: ReplyChanges): readonly ChangeCount[] {
  const added = new Map<string, number>()
  const count = (type: MemoryOp['type']) =>
    ops.filter((op) => op.type === type && !('memory' in op && op.memory.kind === 'summary')).length
  for (const op of ops) {
    if (op.type !== 'add' || op.memory.kind === 'summary') continue
    const [one, many] = names[op.memory.kind] ?? ['memory', 'memories']
    const known = added.get(many) ?? added.get(one) ?? 0
    added.delete(one)
    added.delete(many)
    added.set(known === 0 ? one : many, known + 1)
  }
  const plain = (figure: number, words: string, tone: ChangeCount['tone']): ChangeCount[] =>
    figure === 0 ? [] : [{ figure: String(figure), words, tone }]
  const summaries = ops.filter((op) => 'memory' in op && op.memory.kind === 'summary')
  return [
    ...[...added].map(([words, figure]): ChangeCount => ({ figure: `+${figure}`, words, tone: 'gain' })),
    ...plain(count('revise'), 'replaced', 'swap'),
    ...plain(count('merge'), 'merged', 'swap'),
    ...plain(count('retire'), 'taken out', 'swap'),
    ...plain(count('touch'), 'confirmed', 'plain'),
    ...(summaries.length === 0
      ? []
      : [
          {
            figure: '',
            words: `summary ${summaries.some(({ type }) => type === 'revise') ? 'rewritten' : 'written'}`,
            tone: 'plain',
          } as const,
        ]),
  ]
}

/** The same in one line: "+2 facts, 1 replaced". */
export function changeWords(ops: ReplyChanges): string {
  return changeCounts(ops)
    .map(({ figure, words }) => `${figure} ${words}`.trim())
    .join(', ')
}
