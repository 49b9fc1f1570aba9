import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'

/** What is asked of memory before a turn. */
export type Cue = {
  readonly text: string
  /** The time of the question, for recency and for dates in it. */
  readonly at: number
  readonly conversationId: ConversationId
  /** Messages of this conversation's branch that may stand in the window: their rounds are no candidates. */
  readonly excludeMessageIds: readonly MessageId[]
  /** Only other conversations are searched, since this one fits as a whole. */
  readonly otherConversationsOnly: boolean
  readonly limit: number
}

/** Candidates best first, each with its score parts, and the score that an item needs to be worth its tokens. */
export type Retrieval = { readonly candidates: readonly Candidate[]; readonly threshold: number }

export type TextHit = {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly role: 'user' | 'assistant'
  readonly at: number
  readonly excerpt: string
  readonly from: number
  readonly to: number
}

/** A lexical index over the messages of all conversations, derived from storage and always rebuildable. */
export interface RetrievalIndex {
  /** Adds messages; one that is in already is ignored. */
  add(messages: readonly Message[]): Promise<void>
  removeConversation(id: ConversationId): Promise<void>
  /** Titles go with the candidates, to name where something was said. */
  setTitle(id: ConversationId, title: string): Promise<void>
  retrieve(cue: Cue): Promise<Retrieval>
  /** Full-text search for people: every word must occur, the last one may be a beginning. */
  search(text: string, limit: number): Promise<readonly TextHit[]>
}
