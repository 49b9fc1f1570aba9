import { expect } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import { draftMemory } from '#memory/draft-memory.ts'
import { extractByRules } from '#memory/extract-by-rules.ts'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import { reconcile } from '#memory/reconcile.ts'
import { reduceMemory } from '#memory/reduce-memory.ts'
import { applySeek } from './apply-seek.ts'
import { headLines } from './head-lines.ts'
import { mergeProfile } from './merge-profile.ts'
import type { Strategy } from './strategy.ts'

// Conversations and the memory that comes of them, for the tests of the strategies.

export const hour = 3_600_000
export const day = 24 * hour
export const start = Date.UTC(2026, 0, 5, 12)
export const cause = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const

/** A branch with a reply to each text, `hours` apart. */
export function talk(said: readonly string[], hours = 0.1, conversation = 'a'): Message[] {
  return said.flatMap((text, index): Message[] => {
    const base = { conversationId: `conv:${conversation}`, status: 'complete' } as const
    const at = start + index * hours * hour
    return [
      { ...base, id: `msg:${conversation}${index}u`, role: 'user', text, createdAt: at },
      { ...base, id: `msg:${conversation}${index}v`, role: 'assistant', text: 'I see.', createdAt: at + 1000 },
    ]
  })
}

/** A fact that a model wrote of a message, in words of its own. */
export function factOf(text: string, { id, conversationId }: Pick<Message, 'id' | 'conversationId'>): Memory {
  const evidence = [{ conversationId, messageId: id, from: 0, to: 8 }]
  const sentences = [{ text, evidence }]
  return draftMemory(
    { kind: 'fact', sentences, evidence, at: start, stance: 'states', keys: [], madeBy: 'model', modelId: 'm', conversationId },
    start,
  )
}

/** Memory after each message was read and settled in turn. */
export async function memoryOf(path: readonly Message[], more: readonly MemoryOp[] = []): Promise<readonly MemoryOp[]> {
  let ops = more
  for (const message of path) {
    const drafts = extractByRules([message])
    ops = [...ops, ...(await reconcile({ drafts, memories: reduceMemory(ops).values(), now: message.createdAt, cause })).ops]
  }
  return ops
}

export function linesOf(strategy: Strategy, ops: readonly MemoryOp[], now: number, lastAt = start) {
  return headLines({
    plan: mergeProfile([strategy]),
    memories: reduceMemory(ops),
    conversationId: 'conv:now',
    standing: new Set(),
    now,
    lastAt,
    utcOffsetMinutes: 0,
  }).map(({ text }) => text)
}

export const round = (name: string, text: string, total: number): Candidate => ({
  key: `msg:${name}`,
  kind: 'excerpt',
  text,
  at: start,
  evidence: [{ conversationId: 'conv:a', messageId: `msg:${name}`, from: 0, to: text.length }],
  score: { total, parts: [{ name: 'words', value: total, weight: 1, contribution: total }] },
})

export function seek(
  strategy: Strategy,
  question: string,
  candidates: readonly Candidate[],
  ops: readonly MemoryOp[] = [],
  before: readonly Message[] = [],
) {
  const last: Message = {
    id: 'msg:q',
    conversationId: 'conv:a',
    role: 'user',
    text: question,
    createdAt: start + day,
    status: 'complete',
  }
  const found = applySeek({
    plan: mergeProfile([strategy]),
    found: { candidates, threshold: 0.2, confidence: 1 },
    memories: reduceMemory(ops),
    path: [...before, last],
  })
  for (const { score } of found.candidates) {
    expect(score.total).toBeCloseTo(
      score.parts.reduce((sum, { contribution }) => sum + contribution, 0),
      9,
    )
    expect(score.total).toBeGreaterThanOrEqual(0)
    expect(score.total).toBeLessThanOrEqual(1)
  }
  return found
}
