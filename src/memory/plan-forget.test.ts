import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases, logs, memory, span } from './memory.fixture.ts'
import type { Memory, MemoryOp, OpBody } from './memory.ts'
import { forgetOps, planForget } from './plan-forget.ts'
import { reduceMemory } from './reduce-memory.ts'

const asOps = (bodies: readonly OpBody[], at: number): MemoryOp[] =>
  bodies.map((body, index) => ({ ...body, id: `op:x${index}`, at, cause: { type: 'user' } }) as MemoryOp)
const stateOf = (...memories: Memory[]) => new Map(memories.map((one) => [one.id, one]))

describe('planForget', () => {
  it('[M48] takes out the memory, what it replaced, and what says the same from the same words', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (ops, pick) => {
        const state = reduceMemory(ops)
        const target = [...state.values()][pick % Math.max(1, state.size)]
        if (!target) return
        const plan = planForget(state, target.id)
        if (!plan) throw new Error('no plan for a memory that is there')
        const after = reduceMemory([...ops, ...asOps(forgetOps(plan, [...plan.summaries, ...plan.facts]), 100)])
        expect(after.get(target.id)?.retired).toBe(true)
        for (const { id } of plan.earlier) expect(after.get(id)?.retired).toBe(true)
        // Whatever is still open and not pinned holds no sentence that came from its words alone.
        const again = planForget(after, target.id)
        expect([...(again?.summaries ?? []), ...(again?.facts ?? [])]).toEqual([])
        for (const [id, one] of state)
          if (one.pinned && id !== target.id && !plan.earlier.some((early) => early.id === id)) expect(after.get(id)).toEqual(one)
      }),
      { numRuns: cases },
    )
  })

  it('[M48] a summary keeps its other sentences, with their evidence', () => {
    const fact = memory('f', {
      text: 'Lives in Porto',
      sentences: [{ text: 'I live in Porto now.', evidence: [span('1', 10, 30)] }],
    })
    const summary = memory('s', {
      kind: 'summary',
      evidence: [span('1', 5, 25), span('1', 30, 40), span('2')],
      sentences: [
        { text: 'I live in Porto now.', evidence: [span('1', 5, 25)], speaker: 'user' },
        { text: 'It rains.', evidence: [span('1', 30, 40)], speaker: 'user' },
        { text: 'Both.', evidence: [span('1', 5, 25), span('2')] },
      ],
    })
    const plan = planForget(stateOf(fact, summary), fact.id)
    expect(plan?.summaries.map(({ left }) => left?.text)).toEqual(['User: It rains.\nBoth.'])
    expect(plan?.summaries[0]?.left?.evidence).toEqual([span('1', 5, 25), span('1', 30, 40), span('2')])
    expect(planForget(stateOf(fact, summary), 'mem:none')).toBeUndefined()
  })
})
