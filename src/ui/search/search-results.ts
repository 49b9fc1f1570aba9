import type { Conversation } from '#chat/conversation.ts'
import type { SearchHit } from '#runtime/state.ts'

export type SearchResult =
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  | { readonly type: 'message'; readonly hit: SearchHit }

const maxTitles = 6

/** Conversations whose title has every word that was typed, then messages. With nothing typed: the newest conversations. */
export function searchResults(
  text: string,
  conversations: readonly Conversation[],
  hits: readonly SearchHit[],
): readonly SearchResult[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const titles = conversations.filter(({ title }) => words.every((word) => title.toLocaleLowerCase().includes(word)))
  return [
    ...titles.slice(0, maxTitles).map((conversation) => ({ type: 'conversation' as const, conversation })),
    ...(words.length === 0 ? [] : hits.map((hit) => ({ type: 'message' as const, hit }))),
  ]
}
