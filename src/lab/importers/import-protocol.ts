import type { ChatBatch, FoundChats, ReadProgress, ReadRequest } from '#ports/chat-importer.ts'
import type { ConversationId } from '#shared/ids.ts'

/** From the page to the worker. A worker does one thing and is ended then, or before by whoever cancels. */
export type ToImporter =
  | { readonly type: 'look'; readonly request: ReadRequest }
  | { readonly type: 'read'; readonly request: ReadRequest & { readonly wanted: readonly ConversationId[] } }
  /** The last batch was taken. */
  | { readonly type: 'taken' }

export type FromImporter =
  | { readonly type: 'progress'; readonly progress: ReadProgress }
  | { readonly type: 'found'; readonly found: FoundChats }
  | { readonly type: 'batch'; readonly batch: ChatBatch }
  | { readonly type: 'done' }
  /** `told`: the message is meant for people. */
  | { readonly type: 'failed'; readonly message: string; readonly told: boolean }
