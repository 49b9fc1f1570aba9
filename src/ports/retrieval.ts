import type { Message } from '#chat/message.ts'
import type { Cue, Retrieval, TextHit } from '#memory/cue.ts'
import type { ConversationId } from '#shared/ids.ts'

export type { Cue, Retrieval, TextHit }

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
  /**
   * Gives messages vectors made of a word table's (the bytes of its file); resolves when those in the index have theirs.
   * Requests are answered meanwhile. Rejects where the bytes are no such table: the index goes on without.
   */
  setWordVectors(table: Uint8Array): Promise<void>
}
