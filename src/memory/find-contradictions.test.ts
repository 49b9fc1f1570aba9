import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseValue, findContradictions, keepAll } from './find-contradictions.ts'
import { inForce } from './in-force.ts'
import { cases, memory } from './memory.fixture.ts'
import type { Memory, MemoryOp, OpBody } from './memory.ts'
import { reduceMemory } from './reduce-memory.ts'

const now = 1000
const fact = (id: string, text: string, more: Partial<Memory> = {}): Memory => memory(id, { text, ...more })
const found = (...texts: readonly string[]) =>
  findContradictions(
    texts.map((text, index) => fact(String(index), text, { validFrom: index })),
    now,
  ).map(({ memories }) => memories.map(({ text }) => text))

const asOps = (bodies: readonly OpBody[], at: number): MemoryOp[] =>
  bodies.map((body, index) => ({ ...body, id: `op:x${at}-${index}`, at, cause: { type: 'user' } }) as MemoryOp)
const adds = (memories: readonly Memory[]): MemoryOp[] =>
  memories.map((one, index) => ({ type: 'add', id: `op:${index}`, at: 0, cause: { type: 'user' }, memory: one }))

const places = fc.constantFrom('Porto', 'Lisbon', 'New York', 'Ghent', 'Ghent by the river')
const claims = fc.oneof(
  places.map((place) => `Lives in ${place}`),
  places.map((place) => `The sister of Ana works in ${place}`),
  fc.integer({ min: 1, max: 3 }).map((count) => `Has ${count * 1000} euros for the move`),
  fc.constantFrom('Eats meat', 'Does not eat meat', 'Never eats meat', 'Likes tea', 'Likes coffee'),
)
const worlds = fc
  .array(
    fc.record({
      text: claims,
      kind: fc.constantFrom('fact', 'fact', 'slot', 'event', 'summary'),
      validFrom: fc.integer({ min: 0, max: 9 }),
      pinned: fc.boolean(),
      retired: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ retired, ...draft }, index) =>
      fact(String(index), draft.text, { ...draft, retired: retired && index % 3 === 0 }),
    ),
  )

describe('findContradictions', () => {
  it('[M41] finds two values for one thing, by form', () => {
    expect(found('Lives in Porto', 'Lives in Lisbon')).toHaveLength(1)
    expect(found('The move budget is €1,800', 'The move budget is €2,400')).toHaveLength(1)
    expect(found('Eats meat', 'Doesn’t eat meat')).toHaveLength(1)
    expect(found('User works as a nurse', 'User works as the captain')).toHaveLength(1)
    expect(found('Lebt in 2 Zimmern', 'Lebt in 3 Zimmern')).toHaveLength(1)
  })

  it('[M41] leaves alone what can hold together', () => {
    expect(found('Lives in Porto', 'Lives in Porto, in the old town')).toEqual([])
    expect(found('Ana lives in Porto', 'Ben lives in Lisbon')).toEqual([])
    expect(found('Likes tea', 'Likes coffee')).toEqual([])
    expect(found('Is a nurse', 'Is vegetarian')).toEqual([])
    expect(found('Is allergic to nuts in cakes', 'Is allergic to eggs in cakes')).toEqual([])
    const crates = (count: number) => Array.from({ length: count }, (_, index) => `Crate ${index} holds oranges`)
    expect([found(...crates(4)).length, found(...crates(5)).length]).toEqual([1, 0])
    expect(found('Is interested in chess', 'Is interested in boats', 'Is interested in bees')).toEqual([])
  })

  it('[M41] a named slot takes one value, a fact that ended is not open', () => {
    const slot = (id: string, text: string) => fact(id, text, { kind: 'slot' })
    expect(
      findContradictions([slot('a', 'size: large'), slot('b', 'Size = small'), slot('c', 'size: medium')], now),
    ).toHaveLength(1)
    expect(findContradictions([fact('a', 'Lives in Porto', { validUntil: 5 }), fact('b', 'Lives in Lisbon')], now)).toEqual([])
  })

  it('[M40] finds the same in whatever order memories come', () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length }))),
        ([world, shuffled]) => {
          const ids = (memories: readonly Memory[]) =>
            findContradictions(memories, now)
              .map((group) => group.memories.map(({ id }) => id).join(' '))
              .sort()
          expect(ids(shuffled)).toEqual(ids(world))
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M42] the value chosen stays open and the others close; what was pinned stays pinned', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, pick) => {
        for (const group of findContradictions(world, now)) {
          const chosen = group.memories[pick % group.memories.length]
          if (!chosen) throw new Error('an empty group')
          const after = reduceMemory([...adds(world), ...asOps(chooseValue(group, chosen.id), 10)])
          const open = group.memories.filter(({ id }) => {
            const one = after.get(id)
            return one !== undefined && inForce(one, now)
          })
          expect(open.map(({ id }) => id)).toEqual([chosen.id])
          expect(after.get(chosen.id)?.pinned).toBe(group.memories.some(({ pinned }) => pinned))
          for (const { id, validFrom } of group.memories) {
            const one = after.get(id)
            if (!one || id === chosen.id || one.retired) continue
            expect([one.replacedBy, one.validUntil]).toEqual([chosen.id, Math.max(validFrom, chosen.validFrom)])
          }
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M47] what the user keeps is not found again, until it says something else', () => {
    const world = [fact('a', 'Lives in Porto'), fact('b', 'Lives in Lisbon')]
    const [group] = findContradictions(world, now)
    if (!group) throw new Error('nothing found')
    const kept = [...adds(world), ...asOps(keepAll(group), 10)]
    expect(findContradictions(reduceMemory(kept).values(), now)).toEqual([])
    const edited: OpBody = { type: 'revise', memoryId: 'mem:b', memory: fact('c', 'Lives in Ghent') }
    expect(findContradictions(reduceMemory([...kept, ...asOps([edited], 20)]).values(), now)).toHaveLength(1)
  })
})
