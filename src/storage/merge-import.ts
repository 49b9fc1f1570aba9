import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { StorageError } from '#ports/storage.ts'

export type ImportEntries = readonly { readonly conversation: Conversation; readonly messages: readonly Message[] }[]

type Stored = {
  readonly conversation: (id: string) => Conversation | undefined
  /** The conversation of a message that is stored; undefined where it is not. */
  readonly conversationOf: (messageId: string) => string | undefined
}

/**
 * What imported conversations add to what is stored: rows to put, conversations as they are then. Throws StorageError
 * `not-found` where a message follows one that is not there, and `internal` where its id belongs to another conversation.
 */
export function mergeImports(
  entries: ImportEntries,
  stored: Stored,
): { readonly conversations: readonly Conversation[]; readonly messages: readonly Message[]; readonly fresh: number } {
  const conversations = new Map<string, Conversation>()
  const messages = new Map<string, Message>()
  let fresh = 0
  const ownerOf = (id: string) => messages.get(id)?.conversationId ?? stored.conversationOf(id)
  for (const { conversation, messages: given } of entries) {
    if (conversation.temporary) throw new Error('Longhand bug: a temporary conversation is never stored')
    const before = conversations.get(conversation.id) ?? stored.conversation(conversation.id)
    const added: Message[] = []
    for (const message of given) {
      const owner = ownerOf(message.id)
      if (owner === conversation.id) continue
      if (owner !== undefined || message.conversationId !== conversation.id)
        throw new StorageError('internal', `The message ${message.id} belongs to another conversation.`)
      if (message.parentId !== undefined && ownerOf(message.parentId) !== conversation.id)
        throw new StorageError('not-found', 'The message that an imported one follows is not stored in its conversation.')
      messages.set(message.id, message)
      added.push(message)
    }
    if (added.length === 0 && before && before.deletedAt === undefined) continue
    if (!before) fresh++
    conversations.set(conversation.id, mergeOne(conversation, before, added))
  }
  return { conversations: [...conversations.values()], messages: [...messages.values()], fresh }
}

function mergeOne(given: Conversation, before: Conversation | undefined, added: readonly Message[]): Conversation {
  const { headId: present, deletedAt: _, ...rest } = before ?? given
  const wanted = added.some(({ id }) => id === given.headId) ? given.headId : undefined
  const head = wanted ?? (before ? present : undefined) ?? added.at(-1)?.id
  return {
    ...rest,
    ...(head === undefined ? {} : { headId: head }),
    updatedAt: added.reduce((latest, { createdAt }) => Math.max(latest, createdAt), rest.updatedAt),
    messageCount: (before?.messageCount ?? 0) + added.length,
  }
}
