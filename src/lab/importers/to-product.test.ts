import { expect, it } from 'vitest'
import { toProduct } from './to-product.ts'

const imported = {
  key: 'locomo/conv-1',
  title: 'Ann and Bo',
  messages: [
    { key: 'a', role: 'user', speaker: 'Ann', text: 'Hello', at: 2000 },
    { key: 'b', parentKey: 'a', role: 'assistant', text: 'Hi', at: 3000 },
    { key: 'c', parentKey: 'a', role: 'assistant', text: 'Hey', at: 2500 },
  ],
} as const

it('makes the same conversation of the same source every time, branches as versions', () => {
  const { conversation, messages } = toProduct(imported)
  expect(toProduct(imported)).toEqual({ conversation, messages })
  expect(conversation).toMatchObject({ title: 'Ann and Bo', createdAt: 2000, updatedAt: 3000, messageCount: 3 })
  expect(conversation.headId).toBe(messages[2]?.id)
  expect(toProduct({ ...imported, headKey: 'b' }).conversation.headId).toBe(messages[1]?.id)
  expect(messages[0]).toMatchObject({ speaker: 'Ann', status: 'complete', createdAt: 2000, conversationId: conversation.id })
  expect(messages[0]?.parentId).toBeUndefined()
  expect(messages.slice(1).map(({ parentId }) => parentId)).toEqual([messages[0]?.id, messages[0]?.id])
})

it('gives messages of other conversations other ids, even under the same key', () => {
  const ids = (key: string) => toProduct({ ...imported, key }).messages.map(({ id }) => id)
  expect(new Set([...ids('x'), ...ids('y')]).size).toBe(6)
})
