import type { Message } from '#chat/message.ts'
import type { AssembleInput } from '#context/assemble-input.ts'
import type { Candidate } from '#memory/candidate.ts'
import { chatml, messageAt } from './worlds.ts'

/** A conversation from texts, the user first and then in turn. */
export function pathOf(...texts: readonly string[]): Message[] {
  return texts.map((text, index) => messageAt(index, index % 2 === 0 ? 'user' : 'assistant', text))
}

/** A small first prompt, for tests that change what they are about. */
export function firstPrompt(change: Partial<AssembleInput> = {}): AssembleInput {
  return {
    replyId: 'msg:reply',
    conversationId: 'conv:here',
    createdAt: 1_000_000,
    utcOffsetMinutes: 0,
    model: { id: 'toy', name: 'Toy', engine: 'scripted', tokenizerId: 'words' },
    template: chatml,
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 64 },
    windowTokens: 1024,
    instructions: 'You help.',
    memoryOn: true,
    you: [],
    path: pathOf('Hello'),
    pathComplete: true,
    candidates: [],
    threshold: 0.45,
    decision: { type: 'new', reason: 'first-turn' },
    epochId: 'epoch:1',
    ...change,
  }
}

/** A message of another conversation. */
export function candidateOf(name: string, score: number, change: Partial<Candidate> = {}): Candidate {
  return {
    key: `msg:${name}`,
    kind: 'excerpt',
    text: `Something about ${name}.`,
    at: Date.UTC(2026, 2, 12, 23, 30),
    role: 'user',
    conversationId: 'conv:there',
    conversationTitle: 'Moving to Ghent',
    evidence: [{ conversationId: 'conv:there', messageId: `msg:${name}`, from: 0, to: 10 }],
    score: { total: score, parts: [{ name: 'bm25', value: score, weight: 1, contribution: score }] },
    ...change,
  }
}
