import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSecrets, withoutSecrets } from './find-secrets.ts'
import { inForce } from './in-force.ts'
import { lintMemory } from './lint-memory.ts'
import { cases, memory, span } from './memory.fixture.ts'
import type { Memory, MemoryOp, OpBody } from './memory.ts'
import { editedMemory } from './mend-memory.ts'
import { memoryAsOf, reduceMemory } from './reduce-memory.ts'

const day = 86_400_000
const now = Date.UTC(2026, 6, 16)
const key = `sk-${'a1B2'.repeat(8)}`
// Messages of even number are the user's.
const roleOf = (id: string) => (Number(id.slice(4)) % 2 === 0 ? 'user' : 'assistant')
const lint = (memories: Iterable<Memory>) => lintMemory({ memories, now, roleOf })
const adds = (memories: readonly Memory[]): MemoryOp[] =>
  memories.map((one, index) => ({ type: 'add', id: `op:${index}`, at: 0, cause: { type: 'user' }, memory: one }))
const asOps = (bodies: readonly OpBody[]): MemoryOp[] =>
  bodies.map((body, index) => ({ ...body, id: `op:r${index}`, at: 1, cause: { type: 'user' } }) as MemoryOp)
const undos = (ops: readonly MemoryOp[]): MemoryOp[] =>
  ops.map((op, index) => ({ type: 'undo', id: `op:u${index}`, at: 2, cause: { type: 'user' }, opId: op.id }))

const texts = fc.constantFrom(
  'Lives in Porto',
  'Lives in Lisbon',
  'lives in PORTO.',
  'Does not live in Porto',
  `The API key is ${key}`,
  'The card is 4111 1111 1111 1111',
  'Renew the passport by 5 March 2026',
  'Waiting for the landlord',
  'Password for the wifi is hunter2!',
)
const worlds = fc
  .array(
    fc.record({
      text: texts,
      kind: fc.constantFrom('fact', 'slot', 'loop', 'event', 'summary'),
      message: fc.integer({ min: 0, max: 3 }),
      days: fc.integer({ min: 0, max: 800 }),
      ended: fc.option(fc.integer({ min: 0, max: 700 }), { nil: undefined }),
      pinned: fc.boolean(),
      madeBy: fc.constantFrom('extracted', 'model', 'user'),
    }),
    { maxLength: 7 },
  )
  .map((drafts) =>
    drafts.map(({ text, kind, message, days, ended, pinned, madeBy }, index) => {
      const validFrom = now - days * day
      return memory(String(index), {
        text,
        sentences: [{ text, evidence: [span(String(message))], speaker: message % 2 === 0 ? 'user' : 'assistant' }],
        kind,
        validFrom,
        createdAt: validFrom,
        pinned,
        madeBy,
        ...(ended === undefined ? {} : { validUntil: Math.max(validFrom, now - ended * day) }),
      })
    }),
  )

describe('lintMemory', () => {
  it('[M40] after any repair a finding is not found again, and undo brings back the state before', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const before = adds(world)
        const state = reduceMemory(before)
        for (const { id, repairs } of lint(state.values())) {
          expect(repairs.length).toBeGreaterThan(0)
          for (const repair of repairs) {
            const ops = asOps(repair.ops)
            const after = reduceMemory([...before, ...ops])
            expect(lint(after.values()).map((finding) => finding.id)).not.toContain(id)
            expect([...reduceMemory([...before, ...ops, ...undos(ops)])]).toEqual([...state])
          }
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M40] finds the same in whatever order memories come, and changes none', () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length }))),
        ([world, shuffled]) => {
          const copy = structuredClone(world)
          const ids = (memories: readonly Memory[]) =>
            lint(memories)
              .map(({ id }) => id)
              .sort()
          expect(ids(shuffled)).toEqual(ids(world))
          expect(world).toEqual(copy)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M43] a merge loses no sentence and no evidence, and holds since the first', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { check, memories, repairs } of lint(world)) {
          if (check !== 'duplicate') continue
          const merge = repairs.find(({ name }) => name === 'merge')
          const state = reduceMemory([...adds(world), ...asOps(merge?.ops ?? [])])
          const fresh = [...state.values()].filter((one) => !world.some(({ id }) => id === one.id))
          expect(fresh).toHaveLength(1)
          const [one] = fresh
          for (const { sentences, evidence, validFrom, id } of memories) {
            for (const sentence of sentences) expect(one?.sentences).toContainEqual(sentence)
            for (const span of evidence) expect(one?.evidence).toContainEqual(span)
            expect(one?.validFrom).toBeLessThanOrEqual(validFrom)
            expect(state.get(id)?.replacedBy).toBe(one?.id)
          }
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M43] to say and to deny is no duplicate, and neither is the same of other kinds', () => {
    const of = (...texts: string[]) => lint(texts.map((text, index) => memory(String(index), { text, evidence: [span('0')] })))
    expect(of('Ana has a dog.', 'ana has the dog').map(({ check }) => check)).toEqual(['duplicate'])
    expect(of('Ana has a dog.', 'Ana has no dog.').map(({ check }) => check)).toEqual(['contradiction'])
    const kinds = [
      memory('a', { evidence: [span('0')], text: 'Moves in May' }),
      memory('b', { evidence: [span('0')], text: 'Moves in May', kind: 'event' }),
    ]
    expect(lint(kinds)).toEqual([])
  })

  it('[M44] what only the assistant said is found, what the user said or wrote is not', () => {
    const of = (messages: readonly string[], more: Partial<Memory> = {}) =>
      lint([memory('a', { evidence: messages.map((message) => span(message)), ...more })]).map(({ check }) => check)
    expect(of(['1', '3'])).toEqual(['echo'])
    expect(of(['1', '2'])).toEqual([])
    expect(of(['1'], { madeBy: 'user' })).toEqual([])
    expect(of([])).toEqual([])
  })

  it('[M45] a loop whose day is over is stale, one whose day is to come is not', () => {
    const loop = (text: string, daysAgo: number, more: Partial<Memory> = {}) =>
      lint([
        memory('a', {
          kind: 'loop',
          text,
          validFrom: now - daysAgo * day,
          createdAt: now - daysAgo * day,
          evidence: [span('0')],
          ...more,
        }),
      ]).map(({ stale }) => stale?.reason)
    expect(loop('Renew the passport by 5 July 2026', 60)).toEqual(['due'])
    expect(loop('Renew the passport by 5 July', 60)).toEqual(['due'])
    expect(loop('Renew the passport by 5 August', 60)).toEqual([])
    expect(loop('Waiting for the landlord', 60)).toEqual([])
    expect(loop('Waiting for the landlord', 120)).toEqual(['quiet'])
    expect(loop('Asked the landlord yesterday', 60)).toEqual([])
    expect(loop('Waiting for the landlord', 120, { pinned: true })).toEqual([])
    expect(loop('Waiting for the landlord', 5, { validUntil: now - day })).toEqual(['due'])
  })

  it('[M45] a fact that ended is stale after a year', () => {
    const ended = (days: number) => lint([memory('a', { validUntil: now - days * day, evidence: [span('0')] })]).length
    expect([ended(30), ended(364), ended(366)]).toEqual([0, 0, 1])
  })
})

describe('findSecrets', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
  const checked = (body: readonly number[]): string => {
    const sum = body
      .toReversed()
      .reduce((all, digit, place) => all + (place % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0)
    return [...body, (10 - (sum % 10)) % 10].join('')
  }

  it('[M49] a card number is found by its check digit, however it is spaced, and not with one digit changed', () => {
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-'), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, gap, place, by) => {
        fc.pre(new Set(body).size > 1)
        const number = checked(body)
        const spaced = number.replace(/(.{4})(?=.)/g, `$1${gap}`)
        expect(findSecrets(`My card: ${spaced}.`).map(({ type }) => type)).toEqual(['card'])
        const at = place % number.length
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1)
        expect(findSecrets(`My card: ${wrong}.`)).toEqual([])
      }),
      { numRuns: cases },
    )
  })

  it('[M49] keys and passwords are found, and words about them are not', () => {
    const types = (text: string) => findSecrets(text).map(({ type }) => type)
    expect(types(`use ${key} for it`)).toEqual(['key'])
    expect(types('AKIAIOSFODNN7EXAMPLE')).toEqual(['key'])
    expect(types('The password for the wifi is hunter2!')).toEqual(['password'])
    expect(types('PIN: 4711')).toEqual(['password'])
    expect(types('The password is written under the blue kettle.')).toEqual([])
    expect(types('The password is important.')).toEqual([])
    expect(types('Call me at 0032 470 12 34 56')).toEqual([])
    expect(types('sk-short and the number 1234567890123')).toEqual([])
  })

  it('[M49] blacked out, nothing of a secret is left, and the rest stays', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'before ', '😀 '), texts, fc.constantFrom('', ' after', '. 😀'), (before, text, after) => {
        const whole = before + text + after
        const masked = withoutSecrets(whole)
        expect(findSecrets(masked)).toEqual([])
        let kept = whole
        for (const { from, to } of findSecrets(whole).toReversed()) kept = kept.slice(0, from) + kept.slice(to)
        expect(masked.replaceAll('[removed]', '')).toBe(kept)
      }),
      { numRuns: cases },
    )
  })

  it('[M49] the masked memory is no quotation, and a pinned summary does not carry the secret on', () => {
    const text = `The key is ${key}`
    const one = memory('a', {
      kind: 'summary',
      pinned: true,
      text: `User: ${text}`,
      sentences: [{ text, evidence: [span('0')], speaker: 'user' }],
    })
    const ops = asOps(lint([one])[0]?.repairs[0]?.ops ?? [])
    const state = reduceMemory([...adds([one]), ...ops])
    const open = [...state.values()].filter((memory) => inForce(memory, now))
    expect(open).toHaveLength(1)
    expect(open[0]?.sentences).toEqual([{ text: 'The key is [removed]', evidence: [span('0')] }])
    expect(state.get('mem:a')?.pinned).toBe(false)
  })
})

describe('editedMemory', () => {
  it('[M46] keeps evidence: what is deleted takes the user’s words along', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.constantFrom('Other words', 'One\nTwo', 'Lives in Porto\nTwo'),
        fc.boolean(),
        (world, text, changed) => {
          for (const one of world) {
            const edited = editedMemory(one, text, 'mem:new', now, changed ? now : undefined)
            const ops: MemoryOp[] = [
              ...adds(world),
              { type: 'revise', id: 'op:e', at: 1, cause: { type: 'user' }, memoryId: one.id, memory: edited },
            ]
            const state = reduceMemory(ops)
            expect(state.get('mem:new')).toMatchObject({
              madeBy: 'user',
              ...(one.kind === 'summary' ? {} : { text }),
              validFrom: changed ? now : one.validFrom,
            })
            expect(state.get(one.id)).toMatchObject({ replacedBy: 'mem:new', validUntil: changed ? now : one.validFrom })
            const forget: MemoryOp = {
              type: 'forget-sources',
              id: 'op:f',
              at: 2,
              cause: { type: 'user' },
              messageIds: one.evidence.map(({ messageId }) => messageId),
            }
            expect(reduceMemory([...ops, forget]).has('mem:new')).toBe(false)
            expect(memoryAsOf([...ops, forget], 1).has('mem:new')).toBe(false)
          }
        },
      ),
      { numRuns: cases },
    )
  })
})
