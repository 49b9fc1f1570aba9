import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { shortenInput } from './selective/shorten-input.ts'

/** Something the user pinned that retrieval did not find: it has no score. */
const unscored = { total: 0, parts: [] } as const

/**
 * What a prompt is laid from, as the user wants it: scores by the weights set, what is pinned among the candidates even where
 * nothing found it, and shorter words. Doing it twice changes nothing.
 */
export function applyWishes(input: AssembleInput, count: CountTokens): AssembleInput {
  const { wishes } = input
  if (!wishes) return input
  const candidates = input.candidates.map((candidate) => reweigh(candidate, wishes.weights))
  const keys = new Set(candidates.map(({ key }) => key))
  const newest = input.path.at(-1)?.id
  for (const key of wishes.pinned) {
    if (keys.has(key) || key === newest) continue
    const found = messageCandidate(input.path, key) ?? memoryCandidate(input, key)
    if (found) candidates.push(found)
  }
  return shortenInput({ ...input, candidates }, count)
}

function reweigh(candidate: Candidate, weights: Readonly<Record<string, number>>): Candidate {
  const { score } = candidate
  if (!score.parts.some(({ name }) => weights[name] !== undefined)) return candidate
  const parts = score.parts.map((part) => {
    const weight = weights[part.name] ?? part.weight
    return { ...part, weight, contribution: weight === part.weight ? part.contribution : weight * part.value }
  })
  return { ...candidate, score: { total: parts.reduce((sum, part) => sum + part.contribution, 0), parts } }
}

function messageCandidate(path: AssembleInput['path'], key: string): Candidate | undefined {
  const message = path.find(({ id }) => id === key)
  return message && message.text !== '' ? pinnedMessage(message) : undefined
}

/** A message as what the user pinned of it: all of its words. */
export function pinnedMessage({ id, text, createdAt, role, speaker, conversationId }: Message): Candidate {
  return {
    key: id,
    kind: 'excerpt',
    text,
    at: createdAt,
    role,
    conversationId,
    evidence: [{ conversationId, messageId: id, from: 0, to: text.length }],
    score: unscored,
    ...(speaker === undefined ? {} : { speaker }),
  }
}

function memoryCandidate({ you, summary }: AssembleInput, key: string): Candidate | undefined {
  const line = you.find(({ memory }) => memory.id === key)
  if (line) return pinnedMemory(line.memory, line.text)
  return summary?.id === key ? pinnedMemory(summary, summary.text) : undefined
}

export function pinnedMemory(memory: Memory, text = memory.text): Candidate {
  const { id, createdAt, evidence, conversationId } = memory
  const from = conversationId === undefined ? {} : { conversationId }
  return { key: id, kind: 'memory', text, at: createdAt, memoryId: id, evidence, score: unscored, ...from }
}
