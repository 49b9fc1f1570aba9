import { expect, test } from 'vitest'
import type { Memory, MemoryKind, MemoryOp } from '#memory/memory.ts'
import type { OpenConversation } from '#runtime/state.ts'
import { changesByReply, changeWords } from './memory-changes.ts'

const cause = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const
const memory = (id: string, kind: MemoryKind = 'fact') => ({ id: `mem:${id}`, kind }) as unknown as Memory
const add = (id: string, at: number, kind?: MemoryKind): MemoryOp => ({
  type: 'add',
  id: `op:${id}`,
  at,
  cause,
  memory: memory(id, kind),
})
const revise = (id: string, at: number, kind?: MemoryKind): MemoryOp =>
  ({ ...add(id, at, kind), type: 'revise', memoryId: 'mem:x' }) as MemoryOp
const open = (times: readonly number[]) =>
  ({
    conversation: { id: 'conv:a' },
    messages: times.map((createdAt, index) => ({ id: `msg:${index}`, role: index % 2 === 0 ? 'user' : 'assistant', createdAt })),
  }) as unknown as OpenConversation

test('a change belongs to the last reply that was begun before it, of its own conversation', () => {
  const ops: MemoryOp[] = [
    add('early', 5),
    add('a', 25),
    add('b', 35),
    add('c', 45),
    { ...add('other', 45), cause: { ...cause, conversationId: 'conv:b' } },
    { ...add('user', 45), cause: { type: 'user' } },
  ]
  const shown = open([10, 20, 30, 40])
  const changes = changesByReply(ops, shown)
  expect([...changes].map(([id, list]) => [id, list.map((op) => op.id)])).toEqual([
    ['msg:1', ['op:a', 'op:b']],
    ['msg:3', ['op:c']],
  ])
  expect(changesByReply(ops, shown)).toBe(changes)
  expect(changesByReply(ops, open([10])).size).toBe(0)
})

test('changes are counted by what they did', () => {
  expect(changeWords([add('a', 1), add('b', 1), revise('c', 1)])).toBe('+2 facts, 1 replaced')
  expect(changeWords([add('a', 1, 'event'), add('b', 1), add('c', 1, 'loop'), add('d', 1, 'qa')])).toBe(
    '+1 event, +1 fact, +1 open loop, +1 memory',
  )
  expect(changeWords([revise('a', 1, 'summary'), add('b', 1, 'summary')])).toBe('summary rewritten')
  expect(changeWords([{ type: 'touch', id: 'op:t', at: 1, cause, memoryId: 'mem:a', evidence: [] }])).toBe('1 confirmed')
})
