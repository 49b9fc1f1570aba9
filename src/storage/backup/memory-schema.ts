import * as z from 'zod/mini'
import type { Score, ScorePart } from '#memory/candidate.ts'
import type { Cause, Coverage, Kept, Memory, MemoryCheck, MemoryLink, MemoryOp, Sentence, Slot, Span } from '#memory/memory.ts'
import { id, list, record, variants, word } from './schema-kit.ts'

export const span = record<Span>({ conversationId: id('conv'), messageId: id('msg'), from: z.number(), to: z.number() })

export const speaker = word<'user' | 'assistant'>({ user: true, assistant: true })

export const score = record<Score>({
  total: z.number(),
  parts: list(record<ScorePart>({ name: z.string(), value: z.number(), weight: z.number(), contribution: z.number() })),
})

const check = word<MemoryCheck>({ contradiction: true, duplicate: true, stale: true, echo: true, secret: true })
const link = record<MemoryLink>({ to: id('mem'), relation: word({ contradicts: true, continues: true }) })

const memory = record<Memory>({
  id: id('mem'),
  kind: word({
    fact: true,
    event: true,
    loop: true,
    slot: true,
    summary: true,
    portrait: true,
    segment: true,
    qa: true,
    key: true,
  }),
  text: z.string(),
  sentences: list(record<Sentence>({ text: z.string(), evidence: list(span), speaker: z.exactOptional(speaker) })),
  evidence: list(span),
  conversationId: z.exactOptional(id('conv')),
  madeBy: word({ extracted: true, model: true, user: true }),
  modelId: z.exactOptional(z.string()),
  covers: z.exactOptional(
    record<Coverage>({ conversationId: id('conv'), from: id('msg'), upTo: id('msg'), messageCount: z.number() }),
  ),
  level: z.number(),
  foldedFrom: list(id('mem')),
  createdAt: z.number(),
  validFrom: z.number(),
  validUntil: z.exactOptional(z.number()),
  replacedBy: z.exactOptional(id('mem')),
  pinned: z.boolean(),
  retired: z.boolean(),
  strength: z.number(),
  kept: z.exactOptional(list(record<Kept>({ check, beside: list(id('mem')) }))),
  touchedAt: z.exactOptional(z.number()),
  slot: z.exactOptional(record<Slot>({ name: z.string(), value: z.string(), single: z.boolean() })),
  keys: z.exactOptional(list(z.string())),
  durationMs: z.exactOptional(z.number()),
  links: z.exactOptional(list(link)),
})

const cause = variants<Cause>({
  'epoch-closed': { type: z.literal('epoch-closed'), conversationId: id('conv'), reason: z.string() },
  'round-closed': { type: z.literal('round-closed'), conversationId: id('conv'), replyId: id('msg') },
  user: { type: z.literal('user') },
  'source-deleted': { type: z.literal('source-deleted'), conversationId: id('conv') },
  import: { type: z.literal('import') },
})

const common = { id: id('op'), at: z.number(), cause }

export const memoryOp = variants<MemoryOp>({
  add: { ...common, type: z.literal('add'), memory },
  revise: { ...common, type: z.literal('revise'), memoryId: id('mem'), memory },
  merge: { ...common, type: z.literal('merge'), memoryIds: list(id('mem')), memory },
  retire: {
    ...common,
    type: z.literal('retire'),
    memoryId: id('mem'),
    until: z.exactOptional(z.number()),
    evidence: z.exactOptional(list(span)),
  },
  link: { ...common, type: z.literal('link'), memoryId: id('mem'), link },
  touch: { ...common, type: z.literal('touch'), memoryId: id('mem'), evidence: list(span) },
  pin: { ...common, type: z.literal('pin'), memoryId: id('mem'), pinned: z.boolean() },
  keep: { ...common, type: z.literal('keep'), check, memoryIds: list(id('mem')) },
  undo: { ...common, type: z.literal('undo'), opId: id('op') },
  'forget-sources': { ...common, type: z.literal('forget-sources'), messageIds: list(id('msg')) },
})
