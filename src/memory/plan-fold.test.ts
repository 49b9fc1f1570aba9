import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { consolidate } from './consolidate.ts'
import { extractSummary } from './extract-summary.ts'
import { branch, branches, cases, countWords, memory, span } from './memory.fixture.ts'
import type { Memory, MemoryOp } from './memory.ts'
import { pinnedSentences } from './pinned-sentences.ts'
import { planFold } from './plan-fold.ts'
import { reduceMemory } from './reduce-memory.ts'
import { splitRounds } from './split-rounds.ts'
import { summaryForPath, versionsOf } from './summary-for-path.ts'

const cause = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const
const caps = { maxSentences: 8, maxTokens: 120, count: countWords }

/** Folds a path as the runtime does, until nothing is to do; gives the log. */
function foldAll(
  path: readonly Message[],
  keepRounds: number,
  ops: readonly MemoryOp[] = [],
  maxTokens = 1000,
): readonly MemoryOp[] {
  let log = ops
  for (let now = log.length + 1; ; now++) {
    const summary = summaryForPath(reduceMemory(log), path)
    const plan = planFold({ path, summary, keepRounds, minTokens: 1, maxTokens, count: countWords })
    if (!plan) return log
    const { sentences } = extractSummary({ ...(plan.previous && { previous: plan.previous }), messages: plan.messages, ...caps })
    const more = consolidate({ plan, sentences, madeBy: 'extracted', now, cause })
    if (more.length === 0) return log
    log = [...log, ...more]
  }
}

describe('splitRounds', () => {
  it('[M8] rounds are a partition of the path, each with at most one user message, at its head', () => {
    fc.assert(
      fc.property(branches, (path) => {
        const rounds = splitRounds(path)
        expect(rounds.flatMap(({ messages }) => messages)).toEqual(path)
        for (const { messages } of rounds) {
          expect(messages.length).toBeGreaterThan(0)
          expect(messages.slice(1).every(({ role }) => role === 'assistant')).toBe(true)
        }
      }),
      { numRuns: cases },
    )
    expect(splitRounds([])).toEqual([])
  })
})

describe('planFold', () => {
  it('[M5] the marker stands at the end of the input, and input and what stays verbatim leave no gap', () => {
    fc.assert(
      fc.property(
        branches,
        fc.integer({ min: 0, max: 4 }),
        fc.nat(29),
        fc.integer({ min: 1, max: 200 }),
        (path, keepRounds, pick, maxTokens) => {
          const upTo = path[pick]?.id
          const covers = upTo && { conversationId: 'conv:a' as const, from: path[0]?.id ?? upTo, upTo, messageCount: pick + 1 }
          const summary = covers ? memory('s', { kind: 'summary', covers }) : undefined
          const plan = planFold({ path, summary, keepRounds, minTokens: 0, maxTokens, count: countWords })
          const start = summary ? pick + 1 : 0
          if (!plan) {
            expect(splitRounds(path.slice(start)).length).toBeLessThanOrEqual(keepRounds)
            return
          }
          expect(plan.messages).toEqual(path.slice(start, start + plan.messages.length))
          expect(plan.covers.upTo).toBe(plan.messages.at(-1)?.id)
          expect(plan.covers.from).toBe(path[0]?.id)
          expect(plan.covers.messageCount).toBe(start + plan.messages.length)
          expect(splitRounds(path.slice(start + plan.messages.length)).length).toBeGreaterThanOrEqual(keepRounds)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M5] folding again and again covers a branch without a gap, and every version only what it or an earlier one was given', () => {
    fc.assert(
      fc.property(branches, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 5, max: 120 }), (path, keepRounds, maxTokens) => {
        const log = foldAll(path, keepRounds, [], maxTokens)
        let end = 0
        for (const op of log) {
          if (op.type !== 'add' && op.type !== 'revise') continue
          const { covers, evidence } = op.memory
          const upTo = path.findIndex(({ id }) => id === covers?.upTo)
          expect(covers?.messageCount).toBe(upTo + 1)
          expect(upTo + 1).toBeGreaterThan(end)
          end = upTo + 1
          const covered = new Set<string>(path.slice(0, end).map(({ id }) => id))
          expect(evidence.every(({ messageId }) => covered.has(messageId))).toBe(true)
        }
      }),
      { numRuns: cases },
    )
  })

  it('keeps the last rounds and waits until a fold is worth it', () => {
    const path = branch('a', [
      ['user', 'one two three'],
      ['assistant', 'four'],
      ['user', 'five'],
      ['assistant', 'six'],
    ])
    expect(planFold({ path, summary: undefined, keepRounds: 1, minTokens: 1, count: countWords })?.messages).toEqual(
      path.slice(0, 2),
    )
    expect(planFold({ path, summary: undefined, keepRounds: 1, minTokens: 5, count: countWords })).toBeUndefined()
    expect(planFold({ path, summary: undefined, keepRounds: 2, minTokens: 0, count: countWords })).toBeUndefined()
    expect(planFold({ path: [], summary: undefined, keepRounds: 0, minTokens: 0, count: countWords })).toBeUndefined()
  })

  it('[M5] refuses a path that begins in the middle with no summary to go on from', () => {
    const path = branch('a', [
      ['user', 'one'],
      ['assistant', 'two'],
      ['user', 'three'],
    ])
    expect(() => planFold({ path: path.slice(1), summary: undefined, keepRounds: 0, minTokens: 0, count: countWords })).toThrow(
      /first message/,
    )
  })
})

describe('summaryForPath', () => {
  const start = branch('a', [
    ['user', 'I live in Ghent.'],
    ['assistant', 'Nice.'],
    ['user', 'My cat is called Tom.'],
    ['assistant', 'Good.'],
  ])
  const left = branch(
    'a',
    [
      ['user', 'The left road leads to Bruges.'],
      ['assistant', 'Yes.'],
    ],
    start,
    'l',
  )
  const right = branch(
    'a',
    [
      ['user', 'The right road leads to Lille.'],
      ['assistant', 'Yes.'],
    ],
    start,
    'r',
  )

  it('[M5] an edited branch never gets the summary of the other', () => {
    const common = foldAll(start, 0)
    const ofLeft = foldAll(left, 0, common)
    const memories = reduceMemory(ofLeft)
    expect(summaryForPath(memories, left)?.text).toContain('Bruges')
    const shared = summaryForPath(memories, right)
    expect(shared?.text).toContain('Ghent')
    expect(shared?.text).not.toContain('Bruges')

    const both = reduceMemory(foldAll(right, 0, ofLeft))
    expect(summaryForPath(both, right)?.text).toContain('Lille')
    expect(summaryForPath(both, right)?.text).not.toContain('Bruges')
    expect(summaryForPath(both, left)?.text).toContain('Bruges')
    expect(versionsOf(both, summaryForPath(both, right)?.id ?? 'mem:').map(({ text }) => text.includes('Lille'))).toContain(true)
  })

  it('[M5] of random trees every summary in force was made of messages of the branch alone', () => {
    fc.assert(
      fc.property(branches, fc.nat(29), branches, (path, cut, other) => {
        const stem = path.slice(0, (cut % path.length) + 1)
        const fork = branch(
          'a',
          other.map(({ role, text }) => [role, text] as const),
          stem,
          'x',
        )
        const memories = reduceMemory(foldAll(fork, 1, foldAll(path, 1)))
        for (const one of [path, fork]) {
          const ids = new Set<string>(one.map(({ id }) => id))
          const summary = summaryForPath(memories, one)
          expect(summary?.evidence.every(({ messageId }) => ids.has(messageId)) ?? true).toBe(true)
        }
      }),
      { numRuns: Math.ceil(cases / 3) },
    )
  })

  it('a retired summary serves no more, and no older one in its place', () => {
    const log = foldAll(left, 0, foldAll(start, 0))
    const newest = summaryForPath(reduceMemory(log), left)
    const retire: MemoryOp = { type: 'retire', id: 'op:r', at: 99, cause: { type: 'user' }, memoryId: newest?.id ?? 'mem:' }
    expect(summaryForPath(reduceMemory([...log, retire]), left)).toBeUndefined()
  })

  it('[M2] the sentences of pinned versions are those that the next must keep', () => {
    const log = foldAll(left, 0, foldAll(start, 0))
    const first = [...reduceMemory(log).values()][0] as Memory
    const pin: MemoryOp = { type: 'pin', id: 'op:p', at: 99, cause: { type: 'user' }, memoryId: first.id, pinned: true }
    const memories = reduceMemory([...log, pin])
    expect(pinnedSentences(memories, summaryForPath(memories, left))).toEqual(first.sentences)
    expect(pinnedSentences(memories, undefined)).toEqual([])
  })
})

describe('consolidate', () => {
  const path = branch('a', [
    ['user', 'I live in Ghent.'],
    ['assistant', 'Nice.'],
    ['user', 'My cat is called Tom.'],
  ])

  it('[M10] the same content gives the same ids at any time, so that a job run twice appends nothing new', () => {
    fc.assert(
      fc.property(branches, fc.nat(), (one, later) => {
        const plan = planFold({ path: one, summary: undefined, keepRounds: 0, minTokens: 0, count: countWords })
        if (!plan) return
        const { sentences } = extractSummary({ messages: plan.messages, ...caps })
        const request = { plan, sentences, madeBy: 'extracted', cause } as const
        const first = consolidate({ ...request, now: 5 })
        const second = consolidate({ ...request, now: 5 + later })
        expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
        expect([...reduceMemory([...first, ...second])]).toEqual([...reduceMemory(first)])
      }),
      { numRuns: cases },
    )
  })

  it('[M10] a later job makes again what the user undid, the same job does not', () => {
    const plan = planFold({ path, summary: undefined, keepRounds: 0, minTokens: 0, count: countWords })
    if (!plan) throw new Error('nothing to fold')
    const { sentences } = extractSummary({ messages: plan.messages, ...caps })
    const make = (job: string, now: number) => consolidate({ plan, sentences, madeBy: 'extracted', job, now, cause })
    const first = make('job one', 1)
    const undone: MemoryOp = { type: 'undo', id: 'op:u', at: 2, cause: { type: 'user' }, opId: first[0]?.id ?? 'op:' }
    expect(reduceMemory([...first, undone, ...make('job one', 3)]).size).toBe(0)
    expect(reduceMemory([...first, undone, ...make('job two', 3)]).size).toBe(1)
  })

  it('adds the first version, revises with a link afterwards, and has evidence for all', () => {
    const log = foldAll(path, 0, foldAll(path.slice(0, 2), 0))
    expect(log.map(({ type }) => type)).toEqual(['add', 'revise'])
    const [first, second] = [...reduceMemory(log).values()]
    expect(second?.foldedFrom).toEqual([first?.id])
    expect(first?.replacedBy).toBe(second?.id)
    expect(second?.evidence.length).toBeGreaterThan(0)
  })

  it('[M3] makes nothing of nothing', () => {
    const plan = planFold({ path, summary: undefined, keepRounds: 0, minTokens: 0, count: countWords })
    expect(plan && consolidate({ plan, sentences: [], madeBy: 'extracted', now: 1, cause })).toEqual([])
  })

  it('[M11] writes the upper levels with what they were made from', () => {
    const previous = memory('old', {
      kind: 'summary',
      covers: { conversationId: 'conv:a', from: 'msg:a-0000', upTo: 'msg:a-0000', messageCount: 1 },
    })
    const plan = planFold({ path, summary: previous, keepRounds: 0, minTokens: 0, count: countWords })
    const levels = [{ level: 1, sentences: [{ text: 'Fell out.', evidence: [span('1')] }] }]
    const ops = plan
      ? consolidate({ plan, sentences: [{ text: 'Stays.', evidence: [span('2')] }], madeBy: 'extracted', levels, now: 1, cause })
      : []
    expect(
      ops.map((op) => (op.type === 'add' || op.type === 'revise' ? [op.type, op.memory.level, op.memory.covers?.upTo] : [])),
    ).toEqual([
      ['revise', 0, 'msg:a-0002'],
      ['add', 1, 'msg:a-0002'],
    ])
    expect(ops[1]?.type === 'add' && ops[1].memory.foldedFrom).toEqual(['mem:old'])
  })
})
