import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { floorRounds } from '#context/budget.ts'
import { consolidate } from '#memory/consolidate.ts'
import { extractSummary } from '#memory/extract-summary.ts'
import type { MemoryOp } from '#memory/memory.ts'
import { planFold } from '#memory/plan-fold.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { BackupRow } from '#storage/backup/format.ts'
import { writeBackup } from '#storage/backup/write-backup.ts'
import { longConversation, sentence, textOf } from './bench-texts.ts'

/** How many messages there are, how many of them in the long conversation, and how many in each of the others. */
export type Shape = { readonly messages: number; readonly long: number; readonly each: number }

const batchSize = 1000
const idOf = (n: number): MessageId => `msg:${String(n).padStart(9, '0')}`
const otherId = (n: number): ConversationId => `conv:other-${String(n).padStart(6, '0')}`

/**
 * A backup file of that shape, as the product would write it: restoring it fills the database by the product's own path
 * in a few seconds. The long conversation is spread over the whole time, a minute between messages, ends last, and has the
 * summary that a conversation of its length has.
 */
export function largeBackup(shape: Shape, now: number): ReadableStream<Uint8Array> {
  const source = {
    madeAt: now,
    async *rows() {
      const messages = [...messagesOf(shape, now)]
      yield conversationsOf(messages)
      for (let from = 0; from < messages.length; from += batchSize)
        yield messages.slice(from, from + batchSize).map((value): BackupRow => ({ table: 'messages', value }))
      yield summaryOf(messages, now).map((value): BackupRow => ({ table: 'ops', value }))
    },
    damaged: async () => [],
  }
  return writeBackup(source, () => {}, new AbortController().signal)
}

export function* messagesOf({ messages, long, each }: Shape, now: number): Generator<Message> {
  const last = new Map<ConversationId, { readonly id: MessageId; readonly count: number }>()
  let others = 0
  for (let n = 0; n < messages; n++) {
    const isLong = Math.floor(((n + 1) * long) / messages) > Math.floor((n * long) / messages)
    const conversationId = isLong ? longConversation : otherId(Math.floor(others++ / each))
    const before = last.get(conversationId)
    const count = before?.count ?? 0
    const id = idOf(n)
    last.set(conversationId, { id, count: count + 1 })
    yield {
      id,
      conversationId,
      ...(before ? { parentId: before.id } : {}),
      role: count % 2 === 0 ? 'user' : 'assistant',
      text: textOf(n),
      createdAt: now - (messages - n) * 60_000,
      status: 'complete',
    }
  }
}

function conversationsOf(messages: readonly Message[]): BackupRow[] {
  const all = new Map<ConversationId, Conversation>()
  for (const [n, { id, conversationId, createdAt }] of messages.entries()) {
    const before = all.get(conversationId)
    all.set(conversationId, {
      id: conversationId,
      title: before?.title ?? sentence(n),
      titledBy: 'user',
      createdAt: before?.createdAt ?? createdAt,
      updatedAt: createdAt,
      pinned: false,
      memory: true,
      headId: id,
      messageCount: (before?.messageCount ?? 0) + 1,
    })
  }
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((value) => ({ table: 'conversations', value }))
}

/** As the last of its epochs left it: everything but the last rounds is covered. Its sentences come from the newest messages. */
function summaryOf(messages: readonly Message[], now: number): readonly MemoryOp[] {
  const count = (text: string) => Math.ceil(text.length / 4)
  const path = messages.filter(({ conversationId }) => conversationId === longConversation)
  const plan = planFold({ path, summary: undefined, keepRounds: floorRounds, minTokens: 1, count })
  if (!plan) return []
  const { sentences } = extractSummary({ messages: plan.messages.slice(-400), maxSentences: 12, maxTokens: 300, count })
  const cause = { type: 'epoch-closed', conversationId: longConversation, reason: 'pressure' } as const
  return consolidate({ plan, sentences, madeBy: 'extracted', now, cause })
}
