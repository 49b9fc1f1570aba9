import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branch, cases, logs, memory, messageNumbers, span } from './memory.fixture.ts'
import type { MemoryOp } from './memory.ts'
import { historyOf, memoryAsOf, reduceMemory } from './reduce-memory.ts'

const entries = (ops: readonly MemoryOp[]) => [...reduceMemory(ops)]
const user = { type: 'user' } as const
const closed = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const
const undo = (target: MemoryOp, id: string, at = 100): MemoryOp => ({
  type: 'undo',
  id: `op:${id}`,
  at,
  cause: user,
  opId: target.id,
})

describe('reduceMemory', () => {
  it('[M1] the order in which ops are handed over does not matter', () => {
    fc.assert(
      fc.property(
        logs.chain((ops) => fc.tuple(fc.constant(ops), fc.shuffledSubarray([...ops], { minLength: ops.length }))),
        ([ops, shuffled]) => {
          expect(entries(shuffled)).toEqual(entries(ops))
          expect(entries([...ops, ...shuffled])).toEqual(entries(ops))
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M1] undo gives the state without the op, undoing the undo the state with it', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (ops, pick) => {
        const target = ops[pick % Math.max(1, ops.length)]
        if (!target) return
        const first = undo(target, 'z1')
        expect(entries([...ops, first])).toEqual(entries(ops.filter((op) => op !== target)))
        expect(entries([...ops, first, undo(first, 'z2')])).toEqual(entries(ops))
      }),
      { numRuns: cases },
    )
  })

  it('[M1] an undo counts in the same millisecond, whatever its id', () => {
    const add: MemoryOp = { type: 'add', id: 'op:z', at: 5, cause: user, memory: memory('1') }
    expect(entries([add, undo(add, 'a', 5)])).toEqual([])
  })

  it('[M1] as of a time is what the log up to it says, whatever came later', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (ops, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        const kept = ops.filter((op) => op.type !== 'forget-sources')
        expect([...memoryAsOf(kept, early)]).toEqual(entries(kept.filter((op) => op.at <= early)))
        const grown = kept.filter((op) => op.type !== 'undo')
        const before = new Set(memoryAsOf(grown, early).keys())
        const after = new Set(memoryAsOf(grown, late).keys())
        expect([...before].every((id) => after.has(id))).toBe(true)
      }),
      { numRuns: cases },
    )
  })

  it('[M2] what is pinned is retired by the user alone', () => {
    fc.assert(
      fc.property(logs, (ops) => {
        const state = reduceMemory(ops)
        const sweep = [...state.keys()].map(
          (id, index): MemoryOp => ({ type: 'retire', id: `op:sweep${index}`, at: 50, cause: closed, memoryId: id }),
        )
        for (const [id, after] of reduceMemory([...ops, ...sweep])) {
          const before = state.get(id)
          expect(after.retired).toBe(before?.pinned ? before.retired : true)
        }
      }),
      { numRuns: cases },
    )
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: user, memory: memory('1', { pinned: true }) }
    const retire: MemoryOp = { type: 'retire', id: 'op:2', at: 2, cause: user, memoryId: 'mem:1' }
    expect(reduceMemory([add, retire]).get('mem:1')?.retired).toBe(true)
  })

  it('[M2] a chain of revisions leaves one open value, and the pin goes along', () => {
    const ops = Array.from({ length: 5 }, (_, index): MemoryOp => {
      const base = { id: `op:${index}`, at: index, cause: user } as const
      const made = memory(String(index), { validFrom: index, pinned: index === 0 })
      return index === 0
        ? { ...base, type: 'add', memory: made }
        : { ...base, type: 'revise', memoryId: `mem:${index - 1}`, memory: made }
    })
    const all = [...reduceMemory(ops).values()]
    expect(all.filter(({ validUntil }) => validUntil === undefined).map(({ id }) => id)).toEqual(['mem:4'])
    expect(all.every(({ pinned }) => pinned)).toBe(true)
  })

  it('[M3] nothing is left that came only from a forgotten message, at any asked time', () => {
    fc.assert(
      fc.property(
        logs,
        fc.uniqueArray(messageNumbers, { minLength: 1 }),
        fc.integer({ min: 0, max: 200 }),
        (ops, numbers, at) => {
          const messageIds = numbers.map((number) => `msg:${number}` as const)
          const forget: MemoryOp = { type: 'forget-sources', id: 'op:forget', at: 99, cause: user, messageIds }
          const gone = new Set<string>(messageIds)
          for (const state of [reduceMemory([...ops, forget]), memoryAsOf([...ops, forget], at)])
            for (const { evidence, sentences, text } of state.values()) {
              expect(evidence.length).toBeGreaterThan(0)
              expect(evidence.some(({ messageId }) => gone.has(messageId))).toBe(false)
              expect(
                sentences.every((one) => one.evidence.length > 0 && !one.evidence.some(({ messageId }) => gone.has(messageId))),
              ).toBe(true)
              expect(text).toBe(sentences.map((one) => one.text).join('\n'))
            }
          expect(entries([...ops, forget, undo(forget, 'zz')])).toEqual(entries(ops))
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M3] a summary loses the sentences whose evidence is gone and keeps the rest', () => {
    const sentences = [
      { text: 'I live in Ghent.', evidence: [span('1')], speaker: 'user' as const },
      { text: 'My cat is Tom.', evidence: [span('2')], speaker: 'user' as const },
    ]
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: closed, memory: memory('1', { kind: 'summary', sentences }) }
    const forget: MemoryOp = { type: 'forget-sources', id: 'op:2', at: 2, cause: user, messageIds: ['msg:1'] }
    const left = reduceMemory([add, forget]).get('mem:1')
    expect(left?.text).toBe('User: My cat is Tom.')
    expect(left?.evidence).toEqual([span('2')])
  })

  it('[M3] a revision that came only from what was forgotten closed nothing', () => {
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: closed, memory: memory('1') }
    const next = memory('2', { sentences: [{ text: 'New.', evidence: [span('9')] }] })
    const revise: MemoryOp = { type: 'revise', id: 'op:2', at: 2, cause: closed, memoryId: 'mem:1', memory: next }
    const forget: MemoryOp = { type: 'forget-sources', id: 'op:3', at: 3, cause: user, messageIds: ['msg:9'] }
    expect(reduceMemory([add, revise, forget])).toEqual(reduceMemory([add]))
  })

  it('[M4] a replaced value stays, with the time in which it held and what replaced it', () => {
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: closed, memory: memory('1', { validFrom: 10 }) }
    const next = memory('2', { validFrom: 20 })
    const state = reduceMemory([add, { type: 'revise', id: 'op:2', at: 2, cause: closed, memoryId: 'mem:1', memory: next }])
    expect(state.get('mem:1')).toMatchObject({ validFrom: 10, validUntil: 20, replacedBy: 'mem:2' })
    const heldAt = (at: number) =>
      [...state.values()].filter(({ validFrom, validUntil }) => validFrom <= at && (validUntil === undefined || at < validUntil))
    expect([9, 10, 19, 20, 99].map((at) => heldAt(at).map(({ id }) => id))).toEqual([
      [],
      ['mem:1'],
      ['mem:1'],
      ['mem:2'],
      ['mem:2'],
    ])
  })

  it('touch strengthens and adds evidence once', () => {
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: closed, memory: memory('1') }
    const touch: MemoryOp = {
      type: 'touch',
      id: 'op:2',
      at: 2,
      cause: closed,
      memoryId: 'mem:1',
      evidence: [span('1'), span('2')],
    }
    expect(reduceMemory([add, touch]).get('mem:1')).toMatchObject({ strength: 2, evidence: [span('1'), span('2')] })
  })

  it('an op that names what is not there does nothing', () => {
    const retire: MemoryOp = { type: 'retire', id: 'op:1', at: 1, cause: user, memoryId: 'mem:none' }
    expect(entries([retire])).toEqual([])
  })
})

describe('historyOf', () => {
  it('names the making of a memory and everything that was done to it, in order', () => {
    const path = branch('a', [['user', 'Hello']])
    const add: MemoryOp = { type: 'add', id: 'op:1', at: 1, cause: closed, memory: memory('1') }
    const other: MemoryOp = {
      type: 'add',
      id: 'op:2',
      at: 2,
      cause: closed,
      memory: memory('other', { sentences: [{ text: 'x', evidence: [span('8')] }] }),
    }
    const pin: MemoryOp = { type: 'pin', id: 'op:3', at: 3, cause: user, memoryId: 'mem:1', pinned: true }
    const back = undo(pin, '4', 4)
    const again = undo(back, '5', 5)
    const forget: MemoryOp = { type: 'forget-sources', id: 'op:6', at: 6, cause: user, messageIds: ['msg:1'] }
    const elsewhere: MemoryOp = { type: 'forget-sources', id: 'op:7', at: 7, cause: user, messageIds: path.map(({ id }) => id) }
    expect(historyOf([elsewhere, again, forget, back, pin, other, add], 'mem:1')).toEqual([add, pin, back, again, forget])
  })

  it('[M1] the history alone reduces to the same memory', () => {
    fc.assert(
      fc.property(logs, (ops) => {
        for (const [id, after] of reduceMemory(ops)) {
          // Ops on others matter only where they were replaced by this one or replaced it; pins of those may pass to it.
          const inherits = ops.some((op) => (op.type === 'merge' || op.type === 'revise') && op.memory.id === id)
          const again = reduceMemory(historyOf(ops, id)).get(id)
          if (!inherits) expect(again).toEqual(after)
        }
      }),
      { numRuns: cases },
    )
  })
})
