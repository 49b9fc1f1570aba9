import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from './draft.ts'
import { extractByRules } from './extract-by-rules.ts'
import { contradictionsOf, isOpen } from './in-force.ts'
import { cases, draftOf, statements } from './memory.fixture.ts'
import type { Memory, MemoryOp } from './memory.ts'
import { reconcile } from './reconcile.ts'
import { parseVerdict } from './reconcile-prompt.ts'
import { reduceMemory } from './reduce-memory.ts'

const cause = { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' } as const
const days = (count: number) => count * 24 * 60
const home = (value: string) => ({ slot: { name: 'user/home', value, single: true } })

/** Reconciles drafts one job after the other, each against the memory that came of those before. */
async function run(drafts: readonly Draft[], ops: readonly MemoryOp[] = []): Promise<readonly MemoryOp[]> {
  let log = ops
  for (const draft of drafts) {
    const made = await reconcile({ drafts: [draft], memories: reduceMemory(log).values(), now: 1_000 + log.length, cause })
    log = [...log, ...made.ops]
  }
  return log
}
const stateOf = (ops: readonly MemoryOp[]): readonly Memory[] => [...reduceMemory(ops).values()]

describe('reconcile', () => {
  it('[M4] a new value of a slot closes the old one and links it', async () => {
    const state = stateOf(
      await run([
        draftOf('I moved to Lisbon.', 0, { ...home('Lisbon'), stance: 'changes' }),
        draftOf('I moved to Porto.', days(40), { ...home('Porto'), stance: 'changes' }),
      ]),
    )
    const [lisbon, porto] = state
    expect(lisbon).toMatchObject({ validFrom: 0, validUntil: days(40) * 60_000, replacedBy: porto?.id })
    expect(porto && isOpen(porto)).toBe(true)
  })

  it('[M24] what was said earlier, read later, does not replace what is known', async () => {
    const state = stateOf(
      await run([draftOf('I moved to Porto.', days(40), home('Porto')), draftOf('I moved to Lisbon.', 0, home('Lisbon'))]),
    )
    expect(state.filter(isOpen).map(({ slot }) => slot?.value)).toEqual(['Porto'])
    expect(state.find(({ slot }) => slot?.value === 'Lisbon')?.validUntil).toBe(days(40) * 60_000)
  })

  it('the same is confirmed, a fuller one takes its place and keeps its beginning, an ending retires', async () => {
    const ops = await run([
      draftOf('I have a dog.', 0),
      draftOf('I have a dog!', days(1)),
      draftOf('I have a dog named Rex.', days(2)),
      draftOf('I no longer have the dog Rex.', days(9), { stance: 'ends' }),
    ])
    expect(ops.map(({ type }) => type)).toEqual(['add', 'touch', 'merge', 'retire'])
    expect(stateOf(ops).at(-1)).toMatchObject({ validFrom: 0, validUntil: days(9) * 60_000, retired: true, strength: 3 })
  })

  it('[M25] a value against a pinned, a fixed or a fresh one is a question to the user', async () => {
    const first = await run([draftOf('I live in Ghent.', 0, home('Ghent'))])
    const pin: MemoryOp = {
      type: 'pin',
      id: 'op:pin',
      at: 1_500,
      cause: { type: 'user' },
      memoryId: stateOf(first)[0]?.id ?? 'mem:',
      pinned: true,
    }
    const pinned = stateOf(
      await run([draftOf('I moved to Porto.', days(40), { ...home('Porto'), stance: 'changes' })], [...first, pin]),
    )
    expect(contradictionsOf(pinned).map(({ older, newer }) => [older.slot?.value, newer.slot?.value])).toEqual([
      ['Ghent', 'Porto'],
    ])
    const fresh = stateOf(await run([draftOf('I live in Porto.', 60, home('Porto'))], first))
    expect(contradictionsOf(fresh)).toHaveLength(1)
    const later = stateOf(await run([draftOf('I live in Porto.', days(2), home('Porto'))], first))
    expect(contradictionsOf(later)).toHaveLength(0)
    const told = stateOf(await run([draftOf('I live in Porto.', 60, { ...home('Porto'), stance: 'corrects' })], first))
    expect(contradictionsOf(told)).toHaveLength(0)
  })

  it('an event that carries out a plan closes the open loop and goes on from it', async () => {
    const ops = await run([
      draftOf('I have a dentist appointment tomorrow.', 0, { kind: 'loop' }),
      draftOf('I went to the dentist appointment yesterday.', days(2), { kind: 'event' }),
    ])
    expect(ops.map(({ type }) => type)).toEqual(['add', 'add', 'link', 'retire'])
  })

  it('[M2] [M10] [M22] [M24] holds its laws over any statements', async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.array(fc.nat({ max: 13 }), { maxLength: 4 }), async (path, pins) => {
        const drafts = extractByRules(path)
        const half = Math.floor(drafts.length / 2)
        const before = (await reconcile({ drafts: drafts.slice(0, half), memories: [], now: 1, cause })).ops
        const kept = pins.flatMap((pick, index): MemoryOp[] => {
          const memory = stateOf(before)[pick]
          return memory && isOpen(memory)
            ? [{ type: 'pin', id: `op:pin${index}`, at: 2, cause: { type: 'user' }, memoryId: memory.id, pinned: true }]
            : []
        })
        const pinned = reduceMemory([...before, ...kept])
        const after = (await reconcile({ drafts: drafts.slice(half), memories: pinned.values(), now: 3, cause })).ops
        const log = [...before, ...kept, ...after]
        const state = reduceMemory(log)

        // Pinned: as it was, but for what confirms it.
        for (const memory of pinned.values())
          if (memory.pinned)
            expect(state.get(memory.id)).toMatchObject({
              text: memory.text,
              retired: false,
              pinned: true,
              validFrom: memory.validFrom,
            })
        for (const memory of pinned.values()) if (memory.pinned) expect(state.get(memory.id)?.validUntil).toBe(memory.validUntil)

        // One open value of a single slot, but where the user has to decide.
        const asked = new Set(contradictionsOf(state.values()).flatMap(({ older, newer }) => [older.id, newer.id]))
        const open = new Map<string, Memory[]>()
        for (const memory of state.values())
          if (memory.slot?.single && isOpen(memory)) open.set(memory.slot.name, [...(open.get(memory.slot.name) ?? []), memory])
        for (const values of open.values()) if (values.length > 1) expect(values.every(({ id }) => asked.has(id))).toBe(true)

        // Whatever was replaced names what replaced it, and began before it ended.
        for (const { replacedBy, validFrom, validUntil } of state.values()) {
          if (replacedBy) expect(state.has(replacedBy)).toBe(true)
          if (validUntil !== undefined) expect(validUntil).toBeGreaterThanOrEqual(validFrom)
        }
        for (const memory of state.values()) expect(memory.evidence.length).toBeGreaterThan(0)

        // The same drafts once more change nothing.
        expect((await reconcile({ drafts, memories: state.values(), now: 4, cause })).ops).toEqual([])
      }),
      { numRuns: cases },
    )
  })

  it('[M3] deleting what replaced a fact brings the fact back', async () => {
    const ops = await run([
      draftOf('I moved to Lisbon.', 0, home('Lisbon')),
      draftOf('I moved to Porto.', days(40), { ...home('Porto'), stance: 'changes' }),
      draftOf('I no longer live in Porto.', days(50), { ...home('Porto'), stance: 'ends' }),
    ])
    const forget = (id: string): MemoryOp => ({
      type: 'forget-sources',
      id: 'op:f',
      at: 9_999,
      cause: { type: 'user' },
      messageIds: [`msg:${id}`],
    })
    expect(
      stateOf([...ops, forget(`d${days(40)}`)])
        .filter(isOpen)
        .map(({ slot }) => slot?.value),
    ).toEqual(['Lisbon'])
    expect(
      stateOf([...ops, forget(`d${days(50)}`)])
        .filter(isOpen)
        .map(({ slot }) => slot?.value),
    ).toEqual(['Porto'])
  })
})

describe('reconcile with a model', () => {
  const known = draftOf('I play chess with my brother on Sundays.', 0)
  const next = draftOf('I play chess with my sister Ana on Sundays.', days(9))
  const decide = async (answer: string) => {
    const ops = await run([known])
    return reconcile({ drafts: [next], memories: stateOf(ops), now: 9, cause, ask: async () => answer })
  }

  it('[M23] asks only what rules leave open, and takes the answer', async () => {
    expect((await decide('replaces 1')).ops.map(({ type }) => type)).toEqual(['revise'])
    expect((await decide('same 1')).ops.map(({ type }) => type)).toEqual(['touch'])
    expect((await decide('ends 1.')).ops.map(({ type }) => type)).toEqual(['retire'])
    expect((await decide('`continues 1`')).ops.map(({ type }) => type)).toEqual(['add', 'link'])
    expect((await decide('replaces 1')).calls).toEqual({ asked: 1, parsed: 1, lines: 1, dropped: 0 })
  })

  it('[M23] an answer that is not in the form means add, and is counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (answer) => {
        fc.pre(!parseVerdict(answer, 1))
        const { ops, calls } = await decide(answer)
        expect(ops.map(({ type }) => type)).toEqual(['add'])
        expect(calls).toEqual({ asked: 1, parsed: 0, lines: 1, dropped: 1 })
      }),
      { numRuns: Math.min(cases, 2_000) },
    )
    expect((await decide('replaces 2')).calls.parsed).toBe(0)
  })
})
