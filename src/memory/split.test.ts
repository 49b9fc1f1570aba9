import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { branch, branches, cases, countWords } from './memory.fixture.ts'
import { type SplitPolicy, split } from './split.ts'

const policies: fc.Arbitrary<SplitPolicy> = fc.oneof(
  fc.constant<SplitPolicy>({ by: 'round' }),
  fc.integer({ min: 1, max: 5 }).map((turns): SplitPolicy => ({ by: 'turns', turns })),
  fc.integer({ min: 1, max: 60 }).map((tokens): SplitPolicy => ({ by: 'tokens', tokens, count: countWords })),
  fc.integer({ min: 0, max: 90_000 }).map((gapMs): SplitPolicy => ({ by: 'gap', gapMs })),
  fc.constant<SplitPolicy>({ by: 'topic' }),
  fc.constant<SplitPolicy>({ by: 'topic', votes: (round) => round % 3 === 0 }),
  fc.constant<SplitPolicy>({ by: 'thread' }),
  fc.integer({ min: 1, max: 5 }).map((clusters): SplitPolicy => ({ by: 'cluster', clusters })),
)

const talk = (...said: readonly string[]) =>
  branch(
    'a',
    said.flatMap((text) => [['user', text] as const, ['assistant', 'I see.'] as const]),
  )
const users = (segments: readonly { readonly messages: readonly Message[] }[]) =>
  segments.map(({ messages }) => messages.filter(({ role }) => role === 'user').map(({ text }) => text.split(' ')[0]))

describe('split', () => {
  it('[M27] is a partition with a reason for each cut, in order but for threads and clusters', () => {
    fc.assert(
      fc.property(branches, policies, (path, policy) => {
        const segments = split(path, policy)
        const pieces = segments.flatMap(({ messages }) => messages)
        expect(segments.every(({ messages }) => messages.length > 0)).toBe(true)
        expect(segments[0]?.reason).toBe('start')
        expect(segments.slice(1).every(({ reason }) => reason !== 'start')).toBe(true)
        if (policy.by === 'thread' || policy.by === 'cluster')
          expect([...pieces].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(path)
        else expect(pieces).toEqual(path)
        for (const { messages } of segments) expect([...messages].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(messages)
      }),
      { numRuns: cases },
    )
  })

  it('[M27] cuts where the words change, and says so', () => {
    const path = talk(
      'Bread needs flour, yeast and time in the oven.',
      'Which flour makes the best bread in my oven?',
      'Rye flour and sour dough make dark bread.',
      'Ships enter the harbour at high tide.',
      'Does the harbour pilot board ships before the tide?',
      'At low tide ships wait outside the harbour.',
    )
    const segments = split(path, { by: 'topic' })
    expect(users(segments)).toEqual([
      ['Bread', 'Which', 'Rye'],
      ['Ships', 'Does', 'At'],
    ])
    expect(segments[1]?.reason).toBe('topic')
  })

  it('[M27] finds the threads of interleaved subjects', () => {
    const path = talk(
      'Bread needs flour, yeast and an oven.',
      'Ships enter the harbour at high tide.',
      'Which flour and yeast for the bread?',
      'Do ships wait for the tide in the harbour?',
      'Okay.',
    )
    expect(users(split(path, { by: 'thread' }))).toEqual([
      ['Bread', 'Which'],
      ['Ships', 'Do', 'Okay.'],
    ])
  })

  it('cuts after a pause', () => {
    const path = talk('One.', 'Two.', 'Three.').map((message, index) => ({
      ...message,
      createdAt: index < 4 ? index : 7_200_000 + index,
    }))
    expect(users(split(path, { by: 'gap', gapMs: 1_800_000 }))).toEqual([['One.', 'Two.'], ['Three.']])
  })
})
