import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { ActualUsage, Manifest } from '#context/manifest.ts'
import type { PartChange, StoredPart } from '#memory/index-keeper.ts'
import type { MemoryOp } from '#memory/memory.ts'
import type { TextVector } from '#memory/text-vector.ts'
import type { ConversationId, JobId, MessageId } from '#shared/ids.ts'

export type Unsubscribe = () => void

/** A stretch of a branch, oldest first. `complete` is false when older messages of the branch exist. */
export type PathTail = { readonly messages: readonly Message[]; readonly complete: boolean }

/**
 * Conversations, their message trees and receipts. A promise that resolves means committed; writes named durable are
 * committed with strict durability. Every failure is a StorageError. Reading never returns a damaged row: it is set
 * aside and reported through `observeDamage`.
 */
export interface ChatRepository {
  /** All conversations that are not deleted, pinned first, then newest first. Calls back at once and on every change, from any tab. */
  observeConversations(callback: (conversations: readonly Conversation[]) => void): Unsubscribe
  getConversation(id: ConversationId): Promise<Conversation | undefined>
  createConversation(conversation: Conversation): Promise<void>
  /** Changes what the user may change; `updatedAt` is left alone. */
  updateConversation(
    id: ConversationId,
    change: Partial<
      Pick<
        Conversation,
        | 'title'
        | 'titledBy'
        | 'pinned'
        | 'memory'
        | 'profile'
        | 'sources'
        | 'json'
        | 'wishes'
        | 'headId'
        | 'instructions'
        | 'deletedAt'
      >
    >,
  ): Promise<void>
  /** Takes back a deletion. */
  restoreConversation(id: ConversationId): Promise<void>
  /** Removes a conversation with its messages, receipts and drafts for good; durable. */
  purgeConversation(id: ConversationId): Promise<void>
  /** Deleted conversations whose time to undo is over at `before`. */
  listDeleted(before: number): Promise<readonly Conversation[]>

  /** Durable: stores the message (and the conversation where it is new) and makes it the head, in one transaction. */
  addMessage(message: Message, conversation?: Conversation): Promise<void>
  /**
   * Durable: the draft becomes the message, its manifest is stored, the head moves; one transaction. Where `headBefore` is
   * given and the head is another one by now, it stays: a branch was chosen while the reply was written.
   */
  finishReply(message: Message, manifest: Manifest, headBefore?: MessageId): Promise<void>
  /**
   * Durable, all or nothing: adds conversations with messages from elsewhere. What is there already stays as it is, so that
   * an import can be run again: of a known conversation only the messages that are missing are added. A message comes after
   * the one it follows. The head moves where the given one is among those added. A deleted conversation comes back.
   * Tells how many were added.
   */
  importConversations(
    entries: readonly { readonly conversation: Conversation; readonly messages: readonly Message[] }[],
  ): Promise<{ readonly conversations: number; readonly messages: number }>
  /** Relaxed durability: at most the last 250 ms are lost in a crash. */
  saveDraft(draft: Draft): Promise<void>
  deleteDraft(id: MessageId): Promise<void>
  /** Drafts that no living tab is writing, for recovery at start. */
  listDrafts(): Promise<readonly Draft[]>
  /** Durable: stores a manifest before its reply is generated. */
  saveManifest(manifest: Manifest): Promise<void>
  /** Writes what really happened into a stored manifest, once. */
  setActual(replyId: MessageId, actual: ActualUsage): Promise<void>
  getManifest(replyId: MessageId): Promise<Manifest | undefined>

  getMessage(id: MessageId): Promise<Message | undefined>
  /** The branch that ends at `headId`, its last `limit` messages. */
  pathTail(conversationId: ConversationId, headId: MessageId, limit: number): Promise<PathTail>
  /**
   * For each of the messages that is not alone, the ids of all with its parent (for a first message: of the conversation's
   * roots), oldest first.
   */
  siblings(messages: readonly Message[]): Promise<Readonly<Record<MessageId, readonly MessageId[]>>>
  /** The newest leaf below a message, following the newest child: where a switch to that sibling leads. */
  leafBelow(id: MessageId): Promise<MessageId>
  /** All messages of a conversation, in order of time, all branches. */
  allMessages(conversationId: ConversationId): Promise<readonly Message[]>
  /** The ids of all messages of a conversation, in order of time. */
  messageIds(conversationId: ConversationId): Promise<readonly MessageId[]>
  /** Those of the messages that are there, in any order. */
  getMessages(ids: readonly MessageId[]): Promise<readonly Message[]>
  /** Streams every message of every conversation that is not deleted, in batches; for the search index and backup. */
  scanMessages(batchSize: number): AsyncIterable<readonly Message[]>
  /** Calls back when messages of the conversation were written by any tab. */
  observeMessages(conversationId: ConversationId, callback: () => void): Unsubscribe
  /** Calls back with rows whose content hash did not match: set aside, never shown as truth. */
  observeDamage(callback: (damaged: readonly DamagedRow[]) => void): Unsubscribe
}

export type DamagedRow = { readonly table: string; readonly key: string; readonly foundAt: number }

/** The append-only log of memory. */
export interface MemoryRepository {
  /** Durable: all ops or none. Appending an op whose id exists already is a no-op, so a job may be run twice. */
  append(ops: readonly MemoryOp[]): Promise<void>
  /** All ops in order of (at, id). */
  all(): Promise<readonly MemoryOp[]>
  observe(callback: () => void): Unsubscribe
}

/** A piece of work after a reply. Idempotent by `hash`: a second job of the same hash is not queued. */
export type Job = {
  readonly id: JobId
  readonly type: 'consolidate' | 'remember' | 'title' | 'purge'
  readonly hash: string
  readonly conversationId: ConversationId
  readonly createdAt: number
  readonly attempts: number
  /** What the job needs; JSON. */
  readonly payload: Readonly<Record<string, string | number | boolean>>
}

export interface JobRepository {
  enqueue(job: Job): Promise<void>
  /** Oldest first. */
  list(): Promise<readonly Job[]>
  recordAttempt(id: JobId): Promise<void>
  remove(id: JobId): Promise<void>
}

/**
 * Whether a setting belongs to this device alone: it is kept in the database and nowhere else, in no backup and no second copy,
 * and no backup can bring one.
 */
export const isDeviceSetting = (name: string): boolean => name.startsWith('device:')

/** Small values kept by name: settings, whether a model was loaded before. */
export interface SettingsRepository {
  get(name: string): Promise<unknown>
  set(name: string, value: unknown): Promise<void>
  observe(name: string, callback: (value: unknown) => void): Unsubscribe
}

/**
 * Where the search index keeps what it would otherwise find out anew at every start. It is derived from messages, so it is in
 * no backup and no second copy, and may be lost at any time. With a conversation that is deleted for good, or whose messages
 * were damaged, the parts that name it go in the same transaction; restoring a backup leaves none.
 */
export interface IndexPartRepository {
  /** The ids of all parts, in their order. */
  list(): Promise<readonly string[]>
  get(id: string): Promise<StoredPart | undefined>
  /**
   * Relaxed durability, one transaction. A part that names a conversation which is not stored, or is deleted, is not added:
   * resolves to those conversations.
   */
  change(change: PartChange): Promise<readonly ConversationId[]>
}

/** A message's vector by a neural embedder, as the search index takes it. */
export type StoredVector = {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly vector: TextVector
}

/**
 * Vectors of messages: made from them, so that they may be lost and are made again. They are in no backup and go with their
 * conversation.
 */
export interface VectorRepository {
  /** Relaxed. Of a message that is not stored (any more) nothing is kept. */
  put(embedderId: string, vectors: readonly StoredVector[]): Promise<void>
  /** The vectors of these messages by an embedder, as far as there are any, in any order. */
  get(embedderId: string, ids: readonly MessageId[]): Promise<readonly StoredVector[]>
  /** Removes the vectors of all embedders but one, or of all. */
  removeOthers(embedderId: string | undefined): Promise<void>
}

export type BackupProgress = (done: { readonly rows: number; readonly bytes: number }) => void

/** What a checked backup file holds, shown before it is restored. */
export type BackupSummary = {
  readonly madeAt: number
  readonly conversations: number
  readonly messages: number
  readonly memoryOps: number
}

/** Everything in one file and back. A bad file changes nothing and the error names the line. */
export interface Backup {
  write(onProgress: BackupProgress, signal: AbortSignal): ReadableStream<Uint8Array>
  /** Reads and checks the whole file into a staging area; rejects with StorageError `bad-backup` and the line number. */
  stage(file: Blob, onProgress: BackupProgress, signal: AbortSignal): Promise<BackupSummary>
  /** Puts the staged rows in place of all present data in one transaction. */
  restoreStaged(): Promise<void>
  discardStaged(): Promise<void>
}

/** Whether what is stored is also kept outside the database, where a lost database can be made again from. */
export type SecondCopyState =
  /** `starting`: not looked at yet. `behind`: something is missing in it; it is written anew soon. */
  | { readonly type: 'none'; readonly reason: 'unsupported' | 'starting' | 'behind' }
  /** Holds every acknowledged message, conversation, memory and setting. */
  | { readonly type: 'complete'; readonly writtenAt: number }

/** What was put back from the second copy at start, because the browser had lost the database. */
export type Recovery = {
  readonly conversations: number
  readonly messages: number
  /** When the copy was last written to. */
  readonly upTo: number
  /** False where a part of the copy could not be read: then something is missing. */
  readonly whole: boolean
}

export interface SecondCopy {
  readonly recovery?: Recovery
  /** Calls back at once and on every change. */
  observe(callback: (state: SecondCopyState) => void): Unsubscribe
  /** Writes it anew now; resolves when that is done or has failed, which the state tells. */
  renew(): Promise<void>
}

export type Storage = {
  readonly chat: ChatRepository
  readonly memory: MemoryRepository
  readonly jobs: JobRepository
  readonly settings: SettingsRepository
  readonly indexParts: IndexPartRepository
  readonly vectors: VectorRepository
  readonly backup: Backup
  readonly secondCopy: SecondCopy
  /** Calls back when this tab may no longer write: a newer version of Longhand upgraded the database. */
  observeFence(callback: () => void): Unsubscribe
  close(): void
}

export const storageErrorTypes = [
  'quota',
  'corrupt',
  'connection-lost',
  'outdated-tab',
  'wiped',
  'blocked',
  'bad-backup',
  'not-found',
  'unavailable',
  'internal',
] as const
export type StorageErrorType = (typeof storageErrorTypes)[number]

/** The one error class of storage. */
export class StorageError extends Error {
  readonly type: StorageErrorType
  /** For `bad-backup`: the first bad line, from 1. */
  readonly line?: number
  constructor(type: StorageErrorType, message: string, line?: number) {
    super(message)
    this.name = 'StorageError'
    this.type = type
    if (line !== undefined) this.line = line
  }
}
