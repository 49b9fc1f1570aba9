import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Memory, MemoryOp, Sentence } from '#memory/memory.ts'
import { countKinds, filterMemories, groupMemories } from './memory-groups.ts'
import { coverageWords, sourceWords, wordCount } from './memory-words.ts'
import { diffSentences } from './sentence-diff.ts'
import { daysBack, endOfDay } from './use-memory-days.ts'

const sentence = (text: string): Sentence => ({ text, evidence: [] })

function memory(id: string, change: Partial<Memory> = {}): Memory {
  return {
    id: `mem:${id}`,
    kind: 'summary',
    text: id,
    sentences: [],
    evidence: [],
    conversationId: 'conv:0',
    madeBy: 'extracted',
    level: 0,
    foldedFrom: [],
    createdAt: 0,
    validFrom: 0,
    pinned: false,
    retired: false,
    strength: 1,
    ...change,
  }
}

describe('diffSentences', () => {
  test('names what entered and what left, in place', () => {
    const changes = diffSentences(['a', 'b', 'c'].map(sentence), ['a', 'x', 'c', 'd'].map(sentence))
    expect(changes.map(({ type, sentence: { text } }) => `${type} ${text}`)).toEqual([
      'kept a',
      'left b',
      'entered x',
      'kept c',
      'entered d',
    ])
  })

  test('kept and left make the version before, kept and entered the one after', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 })
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const changes = diffSentences(before.map(sentence), after.map(sentence))
        const textsOf = (dropped: string) => changes.filter(({ type }) => type !== dropped).map((change) => change.sentence.text)
        expect(textsOf('entered')).toEqual(before)
        expect(textsOf('left')).toEqual(after)
      }),
    )
  })
})

const everything = { kind: undefined, text: '' }

describe('what is known', () => {
  const memories = [
    memory('old', { replacedBy: 'mem:new', validUntil: 5 }),
    memory('new', { createdAt: 5 }),
    memory('upper', { createdAt: 9, level: 1 }),
    memory('later', { conversationId: 'conv:1', createdAt: 20 }),
    memory('gone', { retired: true, conversationId: 'conv:2' }),
    memory('Lives in Porto', { kind: 'fact', createdAt: 1, validUntil: 50 }),
  ]

  test('is in force, the last changed conversation first, and ends with its validity', () => {
    const texts = (now: number) =>
      groupMemories(filterMemories(memories, everything, now)).map((group) => group.memories.map(({ text }) => text))
    expect(texts(30)).toEqual([['later'], ['new', 'Lives in Porto', 'upper']])
    expect(texts(60)).toEqual([['later'], ['new', 'upper']])
    expect(countKinds(memories, 30)).toEqual([
      ['fact', 1],
      ['summary', 3],
    ])
  })

  test('what belongs to the user everywhere stands first, what is pinned before the others', () => {
    const { conversationId: _home, ...everywhere } = memory('Likes tea', { kind: 'fact' })
    const groups = groupMemories([...memories, everywhere, memory('pinned', { conversationId: 'conv:1', pinned: true })])
    expect(groups.map((group) => group.memories[0]?.text)).toEqual(['Likes tea', 'pinned', 'new', 'gone'])
  })

  test('is found by words of any case, the last one a beginning', () => {
    const found = (text: string) => filterMemories(memories, { kind: 'fact', text }, 30).length
    expect([found('porto'), found('lives POR'), found('por lives'), found('Lisbon')]).toEqual([1, 1, 0, 0])
  })
})

describe('the day slider', () => {
  const now = new Date(2026, 6, 16, 12).getTime()
  const op = (at: number): MemoryOp => ({ type: 'retire', id: 'op:1', at, cause: { type: 'user' }, memoryId: 'mem:1' })
  test('reaches back to the day of the first change, and no further', () => {
    expect(daysBack([], now)).toBeUndefined()
    expect(daysBack([op(now - 1000)], now)).toBeUndefined()
    expect(daysBack([op(new Date(2026, 6, 15, 23, 59).getTime())], now)).toBe(1)
    expect(daysBack([op(new Date(2026, 2, 1, 0, 1).getTime())], now)).toBe(137)
    expect(endOfDay(now, 137)).toBe(new Date(2026, 2, 2).getTime() - 1)
  })
})

describe('words', () => {
  const covers = { conversationId: 'conv:0', from: 'msg:0', upTo: 'msg:5', messageCount: 6 } as const
  test('turns are named only where they are known', () => {
    expect(coverageWords(memory('a', { covers }), new Map([['msg:5', 3]]))).toBe('turns 1–3, 6 messages')
    expect(coverageWords(memory('a', { covers }), new Map())).toBe('6 messages')
    expect(coverageWords(memory('a'), new Map())).toBeUndefined()
  })
  test('a sentence without a source is counted as one', () => {
    const span = { conversationId: 'conv:0', messageId: 'msg:0', from: 0, to: 1 } as const
    expect(sourceWords(memory('a', { sentences: [{ text: 'a', evidence: [span] }, sentence('b')] }))).toBe(
      '2 sentences, 1 with a source',
    )
    expect(wordCount(' two  words ')).toBe('2 words')
  })
})
