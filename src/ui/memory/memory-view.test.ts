import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Memory, Sentence } from '#memory/memory.ts'
import { groupMemories, inForce } from './memory-groups.ts'
import { coverageWords, sourceWords, wordCount } from './memory-words.ts'
import { diffSentences } from './sentence-diff.ts'

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

describe('groupMemories', () => {
  test('shows what is in force, what belongs everywhere first, the last changed conversation before the others', () => {
    const groups = groupMemories([
      memory('old', { replacedBy: 'mem:new', validUntil: 5 }),
      memory('new', { createdAt: 5 }),
      memory('upper', { createdAt: 9, level: 1 }),
      memory('later', { conversationId: 'conv:1', createdAt: 20 }),
      memory('gone', { retired: true, conversationId: 'conv:2' }),
    ])
    expect(groups.map((group) => group.memories.map(({ text }) => text))).toEqual([['later'], ['new', 'upper']])
    expect(inForce(memory('gone', { retired: true }))).toBe(false)
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
