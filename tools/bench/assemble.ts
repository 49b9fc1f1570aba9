/**
 * How long assembly takes on long branches: `npx tsx tools/bench/assemble.ts`. Each turn lays a new head with 200 candidates,
 * since a prompt within an epoch counts even less. Tokens are bytes, counted anew each time: no cache helps.
 */

import type { Message } from '#chat/message.ts'
import { assemble } from '#context/assemble.ts'
import type { AssembleInput } from '#context/assemble-input.ts'
import type { Candidate } from '#memory/candidate.ts'

const turns = 60
const encoder = new TextEncoder()
let countedBytes = 0
const count = (text: string) => {
  countedBytes += text.length
  return encoder.encode(text).length
}

const said = 'The van quote came in at 1,480. Does that still fit, and what should I book first? '

function pathOf(length: number): Message[] {
  return Array.from({ length }, (_, index) => ({
    id: `msg:${index}`,
    conversationId: 'conv:1',
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    text: `${index} ${said.repeat(1 + (index % 4))}`,
    createdAt: index * 60_000,
    status: 'complete' as const,
  }))
}

function candidateOf(index: number): Candidate {
  const total = ((index * 7919) % 100) / 100
  return {
    key: `msg:other-${index}`,
    kind: 'excerpt',
    text: `${index} ${said.repeat(1 + (index % 3))}`,
    at: index * 1e9,
    role: 'user',
    conversationId: 'conv:2',
    conversationTitle: 'Moving to Ghent',
    evidence: [{ conversationId: 'conv:2', messageId: `msg:other-${index}`, from: 0, to: 80 }],
    score: { total, parts: [{ name: 'bm25', value: total, weight: 1, contribution: total }] },
  }
}

const mark = (role: string) => ({ before: `<|im_start|>${role}\n`, after: '<|im_end|>\n' })

function inputOf(path: readonly Message[], windowTokens: number): AssembleInput {
  return {
    replyId: 'msg:reply',
    conversationId: 'conv:1',
    createdAt: path.length * 60_000,
    utcOffsetMinutes: 60,
    model: { id: 'bytes', name: 'Bytes', engine: 'none', tokenizerId: 'bytes' },
    template: {
      start: '',
      system: mark('system'),
      user: mark('user'),
      assistant: mark('assistant'),
      stop: ['<|im_end|>'],
      controlTokens: ['<|im_start|>', '<|im_end|>'],
    },
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 512 },
    windowTokens,
    instructions: 'You are a helpful assistant.',
    memoryOn: true,
    you: [],
    path,
    pathComplete: true,
    candidates: Array.from({ length: 200 }, (_, index) => candidateOf(index)),
    threshold: 0.3,
    decision: { type: 'new', reason: 'pressure' },
    epochId: 'epoch:1',
  }
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)
}

for (const windowTokens of [4096, 32_768]) {
  for (const length of [100, 10_000, 100_000]) {
    const input = inputOf(pathOf(length + 1), windowTokens)
    for (let warm = 0; warm < 10; warm++) assemble(input, count)
    countedBytes = 0
    const times = Array.from({ length: turns }, () => {
      const start = performance.now()
      assemble(input, count)
      return performance.now() - start
    }).sort((a, b) => a - b)
    const { mode, predicted, dropped } = assemble(input, count)
    console.log(
      `window ${windowTokens}, ${length} messages: p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms, ` +
        `${Math.round(countedBytes / (turns + 1))} characters counted for ${predicted.inputTokens} tokens sent, ${dropped.length} left out (${mode})`,
    )
  }
}
