import type { Conversation } from '#chat/conversation.ts'

export type ConversationGroup = {
  readonly label: 'Pinned' | 'Today' | 'Yesterday' | 'Earlier'
  readonly conversations: readonly Conversation[]
}

/** The list as the rail shows it: pinned ones first, the rest by the local day of their newest message. Keeps the order given. */
export function groupConversations(conversations: readonly Conversation[], now: number): readonly ConversationGroup[] {
  const today = new Date(now).setHours(0, 0, 0, 0)
  const yesterday = new Date(today - 1).setHours(0, 0, 0, 0)
  const labelOf = ({ pinned, updatedAt }: Conversation) =>
    pinned ? 'Pinned' : updatedAt >= today ? 'Today' : updatedAt >= yesterday ? 'Yesterday' : 'Earlier'
  return (['Pinned', 'Today', 'Yesterday', 'Earlier'] as const)
    .map((label) => ({ label, conversations: conversations.filter((conversation) => labelOf(conversation) === label) }))
    .filter(({ conversations: members }) => members.length > 0)
}
