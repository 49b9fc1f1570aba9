import type { Message } from '#chat/message.ts'
import type { Cue, Retrieval, TextHit } from '#memory/cue.ts'
import type { PartChange, StoredPart } from '#memory/index-keeper.ts'
import type { MessageEmbedding } from '#memory/lexical-index.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'

export type { Cue, PartChange, Retrieval, StoredPart, TextHit }

/** What became of a stored part: how many messages came of it, or why it cannot be used. */
export type RestoredPart =
  | { readonly type: 'restored'; readonly messages: number }
  /** `old`: another version of Longhand wrote it. `damaged`: it was cut or altered. */
  | { readonly type: 'refused'; readonly reason: 'old' | 'damaged'; readonly detail: string }

/** A lexical index over the messages of all conversations, derived from storage and always rebuildable. */
export interface RetrievalIndex {
  /** Adds messages; one that is in already is ignored. */
  add(messages: readonly Message[]): Promise<void>
  removeConversation(id: ConversationId): Promise<void>
  /** For every conversation the number of its messages that are in. */
  messageCounts(): Promise<ReadonlyMap<ConversationId, number>>
  /** Which of the messages are not in. */
  lacking(ids: readonly MessageId[]): Promise<readonly MessageId[]>
  /** Adds the messages of a stored part; parts come in their order. One that cannot be used changes nothing. */
  restorePart(part: StoredPart): Promise<RestoredPart>
  /**
   * The next change that brings what is stored nearer to the index, one part at most; undefined when they agree. `stored` are
   * the ids of all parts that are stored now, `newId` is for the part to come.
   */
  nextPart(stored: readonly string[], newId: string): Promise<PartChange | undefined>
  /** Titles go with the candidates, to name where something was said. */
  setTitle(id: ConversationId, title: string): Promise<void>
  retrieve(cue: Cue): Promise<Retrieval>
  /** Full-text search for people: every word must occur, the last one may be a beginning. */
  search(text: string, limit: number): Promise<readonly TextHit[]>
  /**
   * Gives messages vectors made of a word table's (the bytes of its file); resolves when those in the index have theirs.
   * Requests are answered meanwhile. Rejects where the bytes are no such table: the index goes on without.
   */
  setWordVectors(table: Uint8Array): Promise<void>
  /** Vectors of messages by the neural embedder, all of one; those of messages that are not in are left out. */
  setEmbeddings(entries: readonly MessageEmbedding[]): Promise<void>
  /** Lets go of all of them: another embedder's vectors do not compare with them. */
  clearEmbeddings(): Promise<void>
}
