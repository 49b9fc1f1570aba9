import type { Candidate } from '#memory/candidate.ts'
import type { Retrieval } from '#memory/cue.ts'
import { type ScoreWeights, scoreNames } from '#memory/score-messages.ts'
import type { History, Question } from './read-sets.ts'

/** BM25 of single messages and nothing else, with the product's own index and assembly. */
export const bm25Weights = Object.fromEntries(scoreNames.map((name) => [name, name === 'words' ? 1 : 0])) as ScoreWeights

/** The newest messages before the question, whole. */
export function recency({ conversations }: History, { at }: Question): Retrieval {
  const newest = conversations
    .flatMap(({ messages, title }) => messages.map((message) => ({ message, title })))
    .filter(({ message }) => message.createdAt <= at)
    .sort((a, b) => b.message.createdAt - a.message.createdAt)
    .slice(0, 400)
  const candidates = newest.map(({ message, title }, index): Candidate => {
    const { id, conversationId, role, speaker, text, createdAt } = message
    const total = 1 - index / 400
    return {
      key: id,
      kind: 'excerpt',
      text,
      at: createdAt,
      role,
      ...(speaker === undefined ? {} : { speaker }),
      conversationId,
      conversationTitle: title,
      evidence: [{ conversationId, messageId: id, from: 0, to: text.length }],
      score: { total, parts: [{ name: 'recency', value: total, weight: 1, contribution: total }] },
    }
  })
  return { candidates, threshold: 0, confidence: 0 }
}
