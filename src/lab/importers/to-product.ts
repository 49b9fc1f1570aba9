import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { textHash } from '#shared/text-hash.ts'
import type { ImportedConversation } from './imported.ts'

type ImportIds = {
  readonly conversation: (key: string) => ConversationId
  readonly message: (key: string, conversationKey: string) => MessageId
}

/** Ids made from the source's own: importing the same thing again finds it there. A message's id holds its conversation's. */
const sourceIds: ImportIds = {
  conversation: (key) => `conv:${textHash(key)}`,
  message: (key, conversationKey) => `msg:${textHash(conversationKey)}-${textHash(key)}`,
}

/**
 * `sourceIds`, but none of `taken`: such a conversation gets the first name beside it that is free, so that the same thing
 * has the same id as long as the same ones are taken.
 */
export function idsBeside(taken: ReadonlySet<string>): ImportIds {
  const free = (key: string): string => {
    let name = key
    for (let n = 2; taken.has(sourceIds.conversation(name)); n++) name = `${key}#${n}`
    return name
  }
  return {
    conversation: (key) => sourceIds.conversation(free(key)),
    message: (key, conversationKey) => sourceIds.message(key, free(conversationKey)),
  }
}

/** An imported conversation as the product keeps it, its messages parents first. */
export function toProduct(
  { key, title, messages, headKey }: ImportedConversation,
  ids: ImportIds = sourceIds,
): { readonly conversation: Conversation; readonly messages: readonly Message[] } {
  const conversationId = ids.conversation(key)
  const head = headKey ?? messages.at(-1)?.key
  const [first] = messages
  return {
    conversation: {
      id: conversationId,
      title,
      titledBy: 'user',
      createdAt: messages.reduce((earliest, { at }) => Math.min(earliest, at), first?.at ?? 0),
      updatedAt: messages.reduce((latest, { at }) => Math.max(latest, at), first?.at ?? 0),
      pinned: false,
      ...(head === undefined ? {} : { headId: ids.message(head, key) }),
      memory: true,
      messageCount: messages.length,
    },
    messages: messages.map((message) => ({
      id: ids.message(message.key, key),
      conversationId,
      ...(message.parentKey === undefined ? {} : { parentId: ids.message(message.parentKey, key) }),
      role: message.role,
      ...(message.speaker === undefined ? {} : { speaker: message.speaker }),
      text: message.text,
      createdAt: message.at,
      status: 'complete',
    })),
  }
}
