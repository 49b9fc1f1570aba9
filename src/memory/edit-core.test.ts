import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editCore, parseCoreCall } from './edit-core.ts'
import { branch, cases } from './memory.fixture.ts'
import type { MemoryOp } from './memory.ts'
import { reduceMemory } from './reduce-memory.ts'

const messages = branch('a', [
  ['user', 'My sister Ana lives in Ghent and has two cats.'],
  ['assistant', 'Good to know.'],
  ['user', 'Ana moved to Lyon in May.'],
])
const cause = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const

async function run(answers: readonly string[], log: readonly MemoryOp[] = [], maxSteps = 3) {
  const asked: string[] = []
  const queries: string[] = []
  const result = await editCore({
    messages,
    memories: reduceMemory(log).values(),
    conversationId: 'conv:a',
    ask: async ({ user }) => {
      asked.push(user)
      return answers[asked.length - 1] ?? 'done'
    },
    search: async (query) => {
      queries.push(query)
      return ['User: Ana was born in Bruges.']
    },
    maxSteps,
    modelId: 'toy',
    now: 1_000 + log.length,
    cause,
  })
  return { ...result, asked, queries }
}

describe('MemGPT (#33)', () => {
  it('is warned that room runs out, and edits the core by functions', async () => {
    const first = await run(['append | Sister Ana lives in Ghent', 'done'])
    expect(first.asked[0]).toContain('Memory pressure')
    expect(first.asked[1]).toContain('1. Sister Ana lives in Ghent')
    const second = await run(['replace | 1 | Sister Ana moved to Lyon', 'done'], first.ops)
    const state = [...reduceMemory([...first.ops, ...second.ops]).values()]
    expect(state.map(({ text, replacedBy }) => [text, replacedBy !== undefined])).toEqual([
      ['Sister Ana lives in Ghent', true],
      ['Sister Ana moved to Lyon', false],
    ])
    expect(second.calls).toEqual({ asked: 2, parsed: 2, lines: 2, dropped: 0 })
  })

  it('searches what was said, and sees what was found in the next call', async () => {
    const { asked, queries } = await run(['search | Ana born', 'done'])
    expect(queries).toEqual(['Ana born'])
    expect(asked[1]).toContain('Ana was born in Bruges.')
  })

  it('[M13] [M2] drops what the conversation does not hold, and leaves pinned lines', async () => {
    expect((await run(['append | Owns a castle on Mars'])).ops).toEqual([])
    const { ops } = await run(['append | Sister Ana lives in Ghent', 'done'])
    const pin: MemoryOp = {
      type: 'pin',
      id: 'op:pin',
      at: 2_000,
      cause: { type: 'user' },
      memoryId: [...reduceMemory(ops).keys()][0] ?? 'mem:',
      pinned: true,
    }
    expect((await run(['replace | 1 | Sister Ana moved to Lyon'], [...ops, pin])).ops).toEqual([])
  })

  it('[M23] whatever is answered: no more calls than allowed, and what enters has evidence', async () => {
    const answer = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'append | Ana has two cats',
        'append | nonsense here',
        'replace | 1 | Ana moved to Lyon',
        'replace | 9 | x',
        'search | cats',
        'done',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 6 }), fc.integer({ min: 1, max: 5 }), async (answers, maxSteps) => {
        const { ops, calls, asked } = await run(answers, [], maxSteps)
        expect(asked.length).toBeLessThanOrEqual(maxSteps)
        expect(calls.asked).toBe(asked.length)
        for (const { evidence } of reduceMemory(ops).values()) expect(evidence.length).toBeGreaterThan(0)
        const unread = answers.findIndex((one) => !parseCoreCall(one, 12))
        if (unread >= 0) expect(asked.length).toBeLessThanOrEqual(unread + 1)
      }),
      { numRuns: cases },
    )
  })
})
