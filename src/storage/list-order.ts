import type { Conversation } from '#chat/conversation.ts'

/** As the list shows them: without deleted ones, pinned first, then newest first; ids settle ties. */
export function inListOrder(conversations: readonly Conversation[]): readonly Conversation[] {
  return conversations
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1))
}

/** Order of time; ids settle ties. */
export function byTime(
  a: { readonly createdAt: number; readonly id: string },
  b: { readonly createdAt: number; readonly id: string },
): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
