import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { StorageError } from '#ports/storage.ts'

type Present = {
  readonly conversation: Conversation | undefined
  /** The conversation of a message that is stored; undefined where it is not. */
  readonly conversationOf: (messageId: string) => string | undefined
}

/**
 * What an imported conversation adds to what is stored; undefined where that is nothing. Throws StorageError `not-found` where a
 * message follows one that is not there, and `internal` where a message's id belongs to another conversation.
 */
export function mergeImport(
  conversation: Conversation,
  messages: readonly Message[],
  { conversation: stored, conversationOf }: Present,
): { readonly conversation: Conversation; readonly messages: readonly Message[] } | undefined {
  if (conversation.temporary) throw new Error('Longhand bug: a temporary conversation is never stored')
  const added = new Map<string, Message>()
  for (const message of messages) {
    const owner = conversationOf(message.id)
    if (owner === conversation.id || added.has(message.id)) continue
    if (owner !== undefined || message.conversationId !== conversation.id)
      throw new StorageError('internal', `The message ${message.id} belongs to another conversation.`)
    if (message.parentId !== undefined && !added.has(message.parentId) && conversationOf(message.parentId) !== conversation.id)
      throw new StorageError('not-found', 'The message that an imported one follows is not stored in its conversation.')
    added.set(message.id, message)
  }
  if (added.size === 0 && stored && stored.deletedAt === undefined) return undefined
  const { headId: wanted, deletedAt: _, ...rest } = stored ?? conversation
  const given = conversation.headId !== undefined && added.has(conversation.headId) ? conversation.headId : undefined
  const head = given ?? (stored ? wanted : undefined) ?? [...added.values()].at(-1)?.id
  return {
    messages: [...added.values()],
    conversation: {
      ...rest,
      ...(head === undefined ? {} : { headId: head }),
      updatedAt: Math.max(rest.updatedAt, ...[...added.values()].map(({ createdAt }) => createdAt)),
      messageCount: (stored?.messageCount ?? 0) + added.size,
    },
  }
}
