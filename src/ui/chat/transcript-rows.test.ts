import { describe, expect, test } from 'vitest'
import type { Message, Role } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import { transcriptRows } from './transcript-rows.ts'

function message(number: number, role: Role, parent = number - 1): Message {
  const parentId: { parentId?: MessageId } = parent >= 0 ? { parentId: `msg:${parent}` } : {}
  return {
    id: `msg:${number}`,
    conversationId: 'conv:0',
    role,
    text: String(number),
    createdAt: number,
    status: 'complete',
    ...parentId,
  }
}

const branch = [message(0, 'user'), message(1, 'assistant'), message(2, 'user'), message(3, 'assistant')]
const shape = (rows: ReturnType<typeof transcriptRows>) =>
  rows.map((row) => `${row.type} ${row.id} ${row.turn ?? '?'}${row.message ? '' : ' live'}`)

describe('transcriptRows', () => {
  test('numbers turns from the first one loaded', () => {
    expect(shape(transcriptRows(branch, 7, undefined, undefined))).toEqual([
      'user msg:0 7',
      'reply msg:1 7',
      'user msg:2 8',
      'reply msg:3 8',
    ])
    expect(shape(transcriptRows(branch, undefined, undefined, undefined))[0]).toBe('user msg:0 ?')
  })
  test('a message being committed and a reply being written stand at the end', () => {
    expect(shape(transcriptRows(branch, 1, message(4, 'user'), undefined)).at(-1)).toBe('user msg:4 3')
    const stored = [...branch, message(4, 'user')]
    expect(shape(transcriptRows(stored, 1, undefined, { replyId: 'msg:5', parentId: 'msg:4' })).at(-1)).toBe('reply msg:5 3 live')
  })
  test('a regenerated reply stands in place of the old one, an edited message in place of all that followed', () => {
    expect(shape(transcriptRows(branch, 1, undefined, { replyId: 'msg:9', parentId: 'msg:0' }))).toEqual([
      'user msg:0 1',
      'reply msg:9 1 live',
    ])
    expect(shape(transcriptRows(branch, 1, message(9, 'user', 1), undefined))).toEqual([
      'user msg:0 1',
      'reply msg:1 1',
      'user msg:9 2',
    ])
    expect(shape(transcriptRows(branch, 1, message(9, 'user', -1), undefined))).toEqual(['user msg:9 1'])
  })
  test('a reply that is being written on another branch is not shown on this one', () => {
    expect(transcriptRows(branch, 1, undefined, { replyId: 'msg:9', parentId: 'msg:8' })).toHaveLength(branch.length)
  })
  test('what is on disk already is not shown a second time', () => {
    const rows = transcriptRows(branch, 1, branch[2], { replyId: 'msg:3', parentId: 'msg:2' })
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.every((row) => row.message)).toBe(true)
  })
})
