import { expect, test } from 'vitest'
import type { Conversation } from '#chat/conversation.ts'
import { groupConversations } from './group-conversations.ts'

const now = new Date(2026, 5, 15, 9, 30).getTime()
const conversation = (id: number, updatedAt: number, pinned = false): Conversation => ({
  id: `conv:${id}`,
  title: String(id),
  titledBy: 'rule',
  createdAt: 0,
  updatedAt,
  pinned,
  memory: true,
  messageCount: 2,
})

test('groups by local day, pinned ones first, in the order given', () => {
  const groups = groupConversations(
    [
      conversation(1, new Date(2026, 0, 1).getTime(), true),
      conversation(2, now - 60_000),
      conversation(3, new Date(2026, 5, 15, 0, 0).getTime()),
      conversation(4, new Date(2026, 5, 14, 23, 59).getTime()),
      conversation(5, new Date(2026, 5, 13, 23, 59).getTime()),
    ],
    now,
  )
  expect(groups.map(({ label, conversations }) => [label, conversations.map(({ title }) => title).join()])).toEqual([
    ['Pinned', '1'],
    ['Today', '2,3'],
    ['Yesterday', '4'],
    ['Earlier', '5'],
  ])
})
