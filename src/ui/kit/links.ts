import type { ConversationId, MessageId } from '#shared/ids.ts'

/** Path of a conversation, or of a message in it: the chat opens with that message in view. */
export function conversationPath(id: ConversationId, messageId?: MessageId): string {
  return messageId ? `/c/${id}/${messageId}` : `/c/${id}`
}
