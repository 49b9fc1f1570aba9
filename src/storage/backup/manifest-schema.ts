import * as z from 'zod/mini'
import type { PromptWishes, Shortening } from '#chat/prompt-wishes.ts'
import type {
  ActualUsage,
  DroppedItem,
  DropReason,
  History,
  Manifest,
  ManifestItem,
  ManifestSection,
  Run,
  Sampling,
  SectionName,
  Shortened,
} from '#context/manifest.ts'
import type { RollingWindow } from '#context/rolling-window.ts'
import type { PromptPart } from '#context/template.ts'
import type { EmbedderUse } from '#memory/cue.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import { score, span, speaker } from './memory-schema.ts'
import { id, list, record, variants, word } from './schema-kit.ts'

const itemKind = word<ManifestItem['kind']>({
  instructions: true,
  memory: true,
  summary: true,
  message: true,
  excerpt: true,
  round: true,
})
const sectionName = word<SectionName>({
  instructions: true,
  you: true,
  summary: true,
  turns: true,
  recalled: true,
  message: true,
})
const cuts = list(record<Shortening['cuts'][number]>({ from: z.number(), to: z.number() }))
const scoredBy = variants<Shortening['by']>({
  model: { type: z.literal('model'), modelId: z.string(), name: z.string() },
  words: { type: z.literal('words') },
})
const source = {
  at: z.exactOptional(z.number()),
  conversationId: z.exactOptional(id('conv')),
  conversationTitle: z.exactOptional(z.string()),
  messageId: z.exactOptional(id('msg')),
  memoryId: z.exactOptional(id('mem')),
  evidence: list(span),
  score: z.exactOptional(score),
  role: z.exactOptional(speaker),
}

const item = record<ManifestItem>({
  ...source,
  ref: z.string(),
  kind: itemKind,
  key: z.string(),
  text: z.string(),
  tokens: z.number(),
  start: z.number(),
  part: z.number(),
  from: z.number(),
  to: z.number(),
  why: z.string(),
  carried: z.exactOptional(z.literal(true)),
  neutralised: z.exactOptional(z.number()),
  shortened: z.exactOptional(
    record<Shortened>({
      ratio: z.number(),
      cuts,
      by: scoredBy,
      whole: z.string(),
      wholeTokens: z.number(),
      tokens: z.number(),
    }),
  ),
})

const reason = variants<DropReason>({
  'no-room': { type: z.literal('no-room'), neededTokens: z.number(), availableTokens: z.number() },
  'below-threshold': { type: z.literal('below-threshold'), score: z.number(), threshold: z.number() },
  'in-window': { type: z.literal('in-window'), ref: z.string() },
  superseded: { type: z.literal('superseded'), by: id('mem'), at: z.exactOptional(z.number()) },
  folded: { type: z.literal('folded'), into: id('mem') },
  hidden: { type: z.literal('hidden') },
  'memory-off': { type: z.literal('memory-off') },
  'next-epoch': { type: z.literal('next-epoch') },
  empty: { type: z.literal('empty') },
  'by-size': { type: z.literal('by-size'), ratio: z.number() },
})

type Range = Exclude<DroppedItem['range'], undefined>

const dropped = record<DroppedItem>({
  ...source,
  kind: itemKind,
  section: sectionName,
  key: z.string(),
  text: z.string(),
  tokens: z.number(),
  reason,
  range: z.exactOptional(record<Range>({ from: id('msg'), to: id('msg'), messages: z.number() })),
})

const section = record<ManifestSection>({
  name: sectionName,
  tokens: z.number(),
  budgetTokens: z.number(),
  items: list(item),
  runs: z.exactOptional(list(record<Run>({ start: z.number(), tokens: z.number() }))),
})

const actual = record<ActualUsage>({
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  queueMs: z.number(),
  prefillMs: z.number(),
  decodeMs: z.number(),
  ttftMs: z.exactOptional(z.number()),
  finishReason: word({ stop: true, length: true, cancelled: true, error: true }),
  unusedCache: z.exactOptional(word({ appended: true, none: true, 'not-reported': true })),
})

export const wishes = record<PromptWishes>({
  hidden: list(z.string()),
  pinned: list(z.string()),
  budgets: record<PromptWishes['budgets']>({
    you: z.exactOptional(z.number()),
    summary: z.exactOptional(z.number()),
    turns: z.exactOptional(z.number()),
    recalled: z.exactOptional(z.number()),
  }),
  weights: z.record(z.string(), z.number()),
  shortened: z.exactOptional(
    z.record(z.string(), record<Shortening>({ ratio: z.number(), cuts, textHash: z.string(), by: scoredBy })),
  ),
})

const readMode = word<ReadMode>({
  direct: true,
  'notes-first': true,
  cite: true,
  quote: true,
  recollect: true,
  'two-call': true,
  'plan-write': true,
  clarify: true,
  abstain: true,
})

export const manifest = record<Manifest>({
  schema: z.literal('longhand.manifest'),
  version: z.literal(1),
  replyId: id('msg'),
  userMessageId: id('msg'),
  conversationId: id('conv'),
  createdAt: z.number(),
  epoch: record<Manifest['epoch']>({
    id: id('epoch'),
    reason: word({
      'first-turn': true,
      pressure: true,
      pause: true,
      topic: true,
      'memory-edited': true,
      'model-changed': true,
      'settings-changed': true,
      'branch-changed': true,
      'profile-changed': true,
      'plan-changed': true,
    }),
    turn: z.number(),
  }),
  model: record<Manifest['model']>({ id: z.string(), name: z.string(), engine: z.string(), tokenizerId: z.string() }),
  sampling: record<Sampling>({
    temperature: z.number(),
    topP: z.number(),
    topK: z.exactOptional(z.number()),
    minP: z.exactOptional(z.number()),
    repetitionPenalty: z.exactOptional(z.number()),
    presencePenalty: z.exactOptional(z.number()),
    frequencyPenalty: z.exactOptional(z.number()),
    seed: z.number(),
    stop: z.exactOptional(list(z.string())),
    jsonSchema: z.exactOptional(z.string()),
    maxOutputTokens: z.number(),
  }),
  thinking: z.exactOptional(z.literal(true)),
  window: record<Manifest['window']>({
    size: z.number(),
    reserve: z.number(),
    pressure: z.number(),
    rolling: z.optional(record<RollingWindow>({ keptTokens: z.number(), sinkTokens: z.number() })),
  }),
  profile: z.exactOptional(z.string()),
  readMode: z.exactOptional(readMode),
  mode: word({ 'everything-fits': true, assembled: true }),
  history: z.exactOptional(
    record<History>({
      tokens: z.number(),
      roomTokens: z.number(),
      band: word({ all: true, hybrid: true, recall: true }),
      estimated: z.exactOptional(z.literal(true)),
    }),
  ),
  continues: z.exactOptional(id('msg')),
  wishes: z.exactOptional(wishes),
  prompt: list(record<PromptPart>({ role: word({ system: true, user: true, assistant: true, reply: true }), text: z.string() })),
  sections: list(section),
  dropped: list(dropped),
  threshold: z.number(),
  confidence: z.exactOptional(z.number()),
  embedder: z.exactOptional(
    record<EmbedderUse>({
      id: z.string(),
      state: word<EmbedderUse['state']>({ used: true, late: true, loading: true, failed: true }),
    }),
  ),
  predicted: record<Manifest['predicted']>({ inputTokens: z.number(), cachedInputTokens: z.number() }),
  actual: z.exactOptional(actual),
})
