import * as z from 'zod/mini'
import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message, Thought } from '#chat/message.ts'
import { type DamagedRow, isDeviceSetting, type Job } from '#ports/storage.ts'
import { type TableName, tableNames, type Values } from '#storage/tables.ts'
import type { Counts } from './format.ts'
import { backupFormat } from './format.ts'
import { manifest, wishes } from './manifest-schema.ts'
import { memoryOp } from './memory-schema.ts'
import { id, record, word } from './schema-kit.ts'

const conversation = record<Conversation>({
  id: id('conv'),
  title: z.string(),
  titledBy: word({ rule: true, model: true, user: true }),
  createdAt: z.number(),
  updatedAt: z.number(),
  pinned: z.boolean(),
  headId: z.exactOptional(id('msg')),
  memory: z.boolean(),
  instructions: z.exactOptional(z.string()),
  profile: z.exactOptional(z.string()),
  sources: z.exactOptional(word({ none: true, cite: true, quote: true })),
  json: z.exactOptional(z.string()),
  wishes: z.exactOptional(wishes),
  messageCount: z.number(),
  example: z.exactOptional(z.literal(true)),
  deletedAt: z.exactOptional(z.number()),
  temporary: z.exactOptional(z.never()),
})

const thought = record<Thought>({ text: z.string(), end: z.string(), tokens: z.number(), ms: z.number() })

const message = record<Message>({
  id: id('msg'),
  conversationId: id('conv'),
  parentId: z.exactOptional(id('msg')),
  role: word({ user: true, assistant: true }),
  speaker: z.exactOptional(z.string()),
  text: z.string(),
  thought: z.exactOptional(thought),
  createdAt: z.number(),
  status: word({ complete: true, interrupted: true, stopped: true, error: true }),
  modelId: z.exactOptional(z.string()),
  error: z.exactOptional(z.string()),
  continues: z.exactOptional(id('msg')),
})

const draft = record<Draft>({
  id: id('msg'),
  conversationId: id('conv'),
  parentId: id('msg'),
  text: z.string(),
  thought: z.exactOptional(thought),
  createdAt: z.number(),
  modelId: z.string(),
  continues: z.exactOptional(id('msg')),
})

const job = record<Job>({
  id: id('job'),
  type: word({ consolidate: true, remember: true, title: true, purge: true }),
  hash: z.string(),
  conversationId: id('conv'),
  createdAt: z.number(),
  attempts: z.number(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

const setting = record<Values['settings']>({
  // What belongs to one device is never brought to another by a file.
  name: z.string().check(z.refine((name) => !isDeviceSetting(name), 'is a setting of one device')),
  value: z.unknown(),
})

/** What a row of each table may look like. Fields that a schema does not name are left out of what it makes. */
export const rowSchemas: { readonly [Name in TableName]: z.ZodMiniType<Values[Name]> } = {
  conversations: conversation,
  messages: message,
  manifests: manifest,
  drafts: draft,
  ops: memoryOp,
  jobs: job,
  settings: setting,
}

export const damagedSchema = record<DamagedRow>({ table: z.enum(tableNames), key: z.string(), foundAt: z.number() })

export const headerSchema = z.object({ format: z.literal(backupFormat), version: z.number(), madeAt: z.number() })

const count = z.number()
export const footerSchema = z.object({
  counts: record<Counts>({
    conversations: count,
    messages: count,
    manifests: count,
    drafts: count,
    ops: count,
    jobs: count,
    settings: count,
    damaged: count,
  }),
  digest: z.string(),
})
