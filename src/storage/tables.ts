import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import type { MemoryOp } from '#memory/memory.ts'
import type { Job } from '#ports/storage.ts'

/** A setting as it is stored: any JSON value under its name. */
export type Setting = { readonly name: string; readonly value: unknown }

/** The tables of user data, and what one row of each holds. */
export type Values = {
  readonly conversations: Conversation
  readonly messages: Message
  readonly manifests: Manifest
  readonly drafts: Draft
  readonly ops: MemoryOp
  readonly jobs: Job
  readonly settings: Setting
}
export type TableName = keyof Values

/** In the order of a backup file: what is referred to comes first. */
export const tableNames = [
  'conversations',
  'messages',
  'manifests',
  'drafts',
  'ops',
  'jobs',
  'settings',
] as const satisfies readonly TableName[]

/** The fields that stand beside the body, for the database to find rows by. */
export type Indexes = {
  readonly conversationId?: string
  readonly createdAt?: number
  /** Parent of a message, or its conversation for a root: siblings share it. */
  readonly parentKey?: string
  readonly at?: number
  readonly hash?: string
}

type Shape<Value> = { readonly key: (value: Value) => string; readonly indexes: (value: Value) => Indexes }

/** How a value is filed: its key and its index fields are derived from it, so that a wrong index can be told from the body. */
export const shapes: { readonly [Name in TableName]: Shape<Values[Name]> } = {
  conversations: { key: (value) => value.id, indexes: () => ({}) },
  messages: {
    key: (value) => value.id,
    indexes: (value) => ({
      conversationId: value.conversationId,
      createdAt: value.createdAt,
      parentKey: value.parentId ?? value.conversationId,
    }),
  },
  manifests: { key: (value) => value.replyId, indexes: (value) => ({ conversationId: value.conversationId }) },
  drafts: { key: (value) => value.id, indexes: (value) => ({ conversationId: value.conversationId }) },
  ops: { key: (value) => value.id, indexes: (value) => ({ at: value.at }) },
  jobs: { key: (value) => value.id, indexes: (value) => ({ createdAt: value.createdAt, hash: value.hash }) },
  settings: { key: (value) => value.name, indexes: () => ({}) },
}
