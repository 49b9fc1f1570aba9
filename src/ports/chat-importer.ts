import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { MemoryOp } from '#memory/memory.ts'
import type { ConversationId } from '#shared/ids.ts'

/** A conversation that the files hold. */
export type FoundConversation = {
  /** Made from the source's own id: the same whenever the same thing is read. */
  readonly id: ConversationId
  readonly title: string
  /** What it is chosen by: its source and year, "ChatGPT 2024". */
  readonly group: string
  readonly messages: number
  /** Times of its first and last message. */
  readonly from: number
  readonly until: number
}

/** What could not be taken over, where, and why. */
export type FoundProblem = { readonly file: string; readonly at: string; readonly why: string }

/** What files of another program hold, looked at but not taken over. */
export type FoundChats = {
  readonly conversations: readonly FoundConversation[]
  /** What is left out on purpose, by its kind: how often. */
  readonly skipped: Readonly<Record<string, number>>
  /** The first of them; `problemCount` are all. */
  readonly problems: readonly FoundProblem[]
  readonly problemCount: number
}

/** A piece of what was read, small enough to be stored at once. A long conversation comes in several, parents first. */
export type ChatBatch = {
  readonly conversations: readonly { readonly conversation: Conversation; readonly messages: readonly Message[] }[]
  /** Facts with their evidence in these conversations. */
  readonly ops: readonly MemoryOp[]
}

export type ReadProgress = { readonly bytes: number; readonly totalBytes: number; readonly conversations: number }

export type ReadRequest = {
  readonly files: readonly File[]
  /** The time of the import, for the log of memory. */
  readonly now: number
  /** Conversations whose messages were forgotten: they get new ids, since what is forgotten stays so. */
  readonly forgotten: readonly ConversationId[]
}

/**
 * Reads chats and memories from files of other programs and data sets. Rejects with an ImportError where a file cannot be
 * read, and with AbortError where it was cancelled. Reading the same files again gives the same conversations.
 */
export interface ChatImporter {
  look(request: ReadRequest, onProgress: (progress: ReadProgress) => void, signal: AbortSignal): Promise<FoundChats>
  /** Hands over the wanted conversations in pieces, the next one once the last was taken. */
  read(
    request: ReadRequest & { readonly wanted: readonly ConversationId[] },
    take: (batch: ChatBatch) => Promise<void>,
    onProgress: (progress: ReadProgress) => void,
    signal: AbortSignal,
  ): Promise<void>
}

/** Why files could not be read, in words for people. */
export class ImportError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ImportError'
  }
}
