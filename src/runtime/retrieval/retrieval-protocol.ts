import type { Message } from '#chat/message.ts'
import type { Cue, Retrieval, TextHit } from '#memory/cue.ts'
import type { MessageEmbedding } from '#memory/lexical-index.ts'
import type { PartChange, RestoredPart, StoredPart } from '#ports/retrieval.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'

/**
 * What the page asks of the index's worker. Each request carries a number that its answer repeats. They are answered in
 * their order, but for `set-word-vectors`, which lets others go first.
 */
export type ToIndex = { readonly call: number } & (
  | { readonly type: 'add'; readonly messages: readonly Message[] }
  | { readonly type: 'remove-conversation'; readonly id: ConversationId }
  | { readonly type: 'set-title'; readonly id: ConversationId; readonly title: string }
  | { readonly type: 'retrieve'; readonly cue: Cue }
  | { readonly type: 'search'; readonly text: string; readonly limit: number }
  | { readonly type: 'count-messages' }
  | { readonly type: 'find-lacking'; readonly ids: readonly MessageId[] }
  | { readonly type: 'restore-part'; readonly part: StoredPart }
  | { readonly type: 'next-part'; readonly stored: readonly string[]; readonly newId: string }
  | { readonly type: 'set-word-vectors'; readonly table: Uint8Array }
  | { readonly type: 'clear-embeddings' }
  | { readonly type: 'set-embeddings'; readonly entries: readonly MessageEmbedding[] }
)

export type FromIndex = { readonly call: number } & (
  | { readonly type: 'done' }
  | { readonly type: 'retrieved'; readonly retrieval: Retrieval }
  | { readonly type: 'found'; readonly hits: readonly TextHit[] }
  | { readonly type: 'counted'; readonly counts: ReadonlyMap<ConversationId, number> }
  | { readonly type: 'lacking'; readonly ids: readonly MessageId[] }
  | { readonly type: 'restored'; readonly part: RestoredPart }
  | { readonly type: 'next'; readonly change: PartChange | undefined }
  | { readonly type: 'failed'; readonly message: string }
)
