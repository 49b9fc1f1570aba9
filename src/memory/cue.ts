import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Candidate } from './candidate.ts'
import type { TextVector } from './text-vector.ts'

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
  /** Only this conversation is searched. */
  readonly within?: ConversationId
  readonly limit: number
  /** Messages of which a fact was learnt that holds words of the text: the fact is a further key to find them by. */
  readonly byFact?: readonly FactKey[]
  /** The text's vector by the neural embedder, where there is one and it was in time. */
  readonly embedding?: TextVector
}

/** A message, and the share of a cue's words of meaning that a fact learnt from it holds, 0…1. */
export type FactKey = { readonly messageId: MessageId; readonly share: number }

/**
 * What became of the neural embedder when memory was asked: its vector was `used`, came too `late`, it was still `loading` or
 * has `failed`. In the last three cases word vectors alone said what is near in meaning.
 */
export type EmbedderUse = { readonly id: string; readonly state: 'used' | 'late' | 'loading' | 'failed' }

/** Candidates best first, each with its score parts, and the score that an item needs to be worth its tokens. */
export type Retrieval = {
  readonly candidates: readonly Candidate[]
  readonly threshold: number
  /** How sure it is that memory holds what is asked, 0…1: rule M31. */
  readonly confidence: number
  /** Absent where no neural embedder is wanted. */
  readonly embedder?: EmbedderUse
}

/** A message that holds all words of a search. `from` and `to` mark the first hit within `excerpt` (UTF-16 offsets). */
export type TextHit = {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly role: 'user' | 'assistant'
  readonly at: number
  readonly excerpt: string
  readonly from: number
  readonly to: number
}
