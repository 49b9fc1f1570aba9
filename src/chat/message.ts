import type { ConversationId, MessageId } from '#shared/ids.ts'

export type Role = 'user' | 'assistant'

/**
 * How a stored message ended. `saving` and `streaming` exist only on the screen, before the message is on disk.
 * `interrupted`: the page closed or crashed while the reply was written. `stopped`: the user stopped it.
 */
export type MessageStatus = 'complete' | 'interrupted' | 'stopped' | 'error'

/** What a model wrote for itself before its answer. */
export type Thought = {
  /** Exactly as written, without the mark that opens it. */
  readonly text: string
  /** What closed it: the template's mark and the white space after it. Empty where it was cut. */
  readonly end: string
  readonly tokens: number
  /** From its first token to its last. */
  readonly ms: number
}

/** One utterance. Messages are immutable: an edit or a regeneration is a sibling with the same parent. */
export type Message = {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly parentId?: MessageId
  readonly role: Role
  /** The name of the person who wrote it, where the conversation has people besides the user and the assistant. */
  readonly speaker?: string
  /** What the user typed, or exactly what the model wrote: never trimmed, since reuse of the KV cache needs it byte for byte. */
  readonly text: string
  /** On an assistant message: what was thought in writing before it. No part of what it says. */
  readonly thought?: Thought
  readonly createdAt: number
  readonly status: MessageStatus
  /** On assistant messages: the model that wrote it. */
  readonly modelId?: string
  /** On an assistant message with status `error`: what went wrong, in words. */
  readonly error?: string
  /** On an assistant message that continues a cut one: the message it continues. Its text holds the whole reply. */
  readonly continues?: MessageId
}

/** A reply being written, saved every 250 ms or 16 tokens so that a crash loses at most its tail. */
export type Draft = {
  /** The id that the reply will have. */
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly parentId: MessageId
  readonly text: string
  readonly thought?: Thought
  readonly createdAt: number
  readonly modelId: string
  readonly continues?: MessageId
}
