import { expect, test } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { OpenConversation } from '#runtime/state.ts'
import { turnNumbers } from './turn-numbers.ts'

const message = (id: number, role: Message['role']): Message => ({
  id: `msg:${id}`,
  conversationId: 'conv:0',
  role,
  text: '',
  createdAt: id,
  status: 'complete',
})

function open(messages: readonly Message[], firstTurn?: number): OpenConversation {
  const conversation = {
    id: 'conv:0',
    title: '',
    titledBy: 'rule',
    createdAt: 0,
    updatedAt: 0,
    pinned: false,
    memory: true,
    messageCount: messages.length,
  } as const
  return { conversation, messages, complete: true, siblings: {}, ...(firstTurn === undefined ? {} : { firstTurn }) }
}

test('a turn begins with what the user wrote', () => {
  const turns = turnNumbers(open([message(0, 'user'), message(1, 'assistant'), message(2, 'user')], 9))
  expect([...turns.values()]).toEqual([9, 9, 10])
})

test('a reply at the front belongs to the turn before the first loaded user message', () => {
  const turns = turnNumbers(open([message(1, 'assistant'), message(2, 'user')], 4))
  expect(turns.get('msg:2')).toBe(4)
  expect(turns.get('msg:1')).toBe(3)
})

test('no number is invented', () => {
  expect(turnNumbers(open([message(0, 'user')])).size).toBe(0)
  expect(turnNumbers(undefined).size).toBe(0)
})
