import { expect, test } from 'vitest'
import type { OpenConversation } from '#runtime/state.ts'
import { hasMoreToSummarize } from './has-more-to-summarize.ts'

function open(turns: number, coveredTurns = 0, complete = true): OpenConversation {
  const messages = Array.from({ length: turns }, (_, turn) => [
    { id: `msg-q${turn}`, role: 'user' },
    { id: `msg-a${turn}`, role: 'assistant' },
  ]).flat()
  const summary = coveredTurns > 0 ? { covers: { upTo: `msg-a${coveredTurns - 1}` } } : undefined
  return { messages, complete, summary } as unknown as OpenConversation
}

test('the last three turns are never summarised', () => {
  expect(hasMoreToSummarize(open(3))).toBe(false)
  expect(hasMoreToSummarize(open(4))).toBe(true)
})

test('what the summary covers is not taken in again', () => {
  expect(hasMoreToSummarize(open(5, 2))).toBe(false)
  expect(hasMoreToSummarize(open(6, 2))).toBe(true)
})

test('messages that are not loaded may be more', () => {
  expect(hasMoreToSummarize(open(2, 0, false))).toBe(true)
})
