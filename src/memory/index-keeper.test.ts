import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Cue } from './cue.ts'
import type { PartChange, StoredPart } from './index-keeper.ts'
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts'
import { branch, cases } from './memory.fixture.ts'
import { createMessageTable } from './message-table.ts'
import { PackError } from './pack-columns.ts'
import { createWordVectors } from './word-vectors.ts'

const most = 4
const known = 'rent sister cats stop tea paris euros dog moved museum kites'.split(' ')
const vectorsOf = (table: number) =>
  createWordVectors({
    dimensions: 6,
    words: known,
    scales: new Float32Array(known.length).fill(0.02),
    values: Int8Array.from({ length: 6 * known.length }, (_, index) => ((index * 7919 * table) % 255) - 127),
  })
const asked = [
  'Where does my sister live?',
  'the museum in Paris',
  'rent 700 euros tea',
  '猫 dog',
  'cats and kites',
  'Did Ana say 700 cats moved my rent, the museum or a stop in Paris?',
]
const cue = (text: string): Cue => ({
  text,
  at: 90_000_000,
  conversationId: 'conv:new',
  excludeMessageIds: [],
  otherConversationsOnly: false,
  limit: 30,
})

/** A disk that does what it is told, and holds a part of one id once. */
function disk() {
  const parts = new Map<string, StoredPart>()
  let made = 0
  return {
    parts,
    inOrder: () => [...parts.values()].sort((a, b) => a.order - b.order),
    /** One step of `index`; false when there was none. */
    step(index: LexicalIndex): PartChange | undefined {
      const change = index.keeper.next([...parts.keys()], `part:${made++}`)
      for (const id of change?.remove ?? []) expect(parts.delete(id)).toBe(true)
      // As a database would: what is stored is no view of the index.
      if (change?.add) parts.set(change.add.id, structuredClone(change.add))
      return change
    },
    saveAll(index: LexicalIndex): void {
      for (let steps = 0; this.step(index); steps++) expect(steps).toBeLessThan(500)
    },
  }
}

function restored(from: readonly StoredPart[], table: number): LexicalIndex {
  const index = createLexicalIndex({ messagesInPart: most })
  for (const part of from) index.keeper.restore(part)
  if (table > 0) setWords(index, table)
  return index
}

function setWords(index: LexicalIndex, table: number): void {
  index.setWordVectors(vectorsOf(table), table)
  while (index.fillVectors(50));
}

const texts = fc.oneof(
  fc.array(
    fc.constantFrom('I', 'my', 'rent', 'sister', 'cats', 'stop', 'Paris', 'museum', 'moved', 'does', 'the', '700', 'Ana'),
    {
      maxLength: 12,
    },
  ),
  fc.array(fc.constantFrom('猫が好き', 'Zoë', '\uD800', '\uFEFFtea', 'always', 'naïve kites!', '', 'a\u0000b', 'dog\ndog'), {
    maxLength: 5,
  }),
)
const messagesOf = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.array(fc.tuple(fc.constantFrom('user', 'assistant'), texts, fc.constantFrom(1, 1, 300)), { minLength: 1, maxLength: 9 }),
    fc.nat(3),
    fc.constantFrom('', 'Ana Lind', 'Bo'),
  )
  .map(([name, said, mark, speaker]) => {
    let at = 0
    const path = branch(
      name,
      said.map(([role, words]) => [role, words.join(' ')] as const),
      [],
      String(mark),
    )
    return path.map((message, place): Message => {
      at += 60_000 * (said[place]?.[2] ?? 1)
      return { ...message, createdAt: at, ...(speaker !== '' && { speaker }) }
    })
  })
const ops = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('add' as const), messages: messagesOf, from: fc.nat(2), backwards: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), name: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('save' as const), steps: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('lose' as const), pick: fc.nat(99) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('words' as const), table: fc.integer({ min: 1, max: 2 }) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'restart' as const }) },
  ),
  { minLength: 1, maxLength: 14 },
)

/** Runs ops on an index that is stored on `disk` now and then; a restart goes on with what was stored. */
function run(script: typeof ops extends fc.Arbitrary<infer Ops> ? Ops : never, stored: ReturnType<typeof disk>) {
  let index = createLexicalIndex({ messagesInPart: most })
  let table = 0
  const living = new Map<MessageId, Message>()
  for (const op of script) {
    if (op.type === 'add') {
      // Now and then the one that a message follows comes later, or never.
      const some = op.messages.slice(op.from)
      const messages = op.backwards ? some.toReversed() : some
      index.add(messages)
      for (const message of messages) if (!living.has(message.id)) living.set(message.id, message)
    } else if (op.type === 'remove') {
      index.removeConversation(`conv:${op.name}`)
      for (const [id, { conversationId }] of living) if (conversationId === `conv:${op.name}`) living.delete(id)
    } else if (op.type === 'save') for (let step = 0; step < op.steps; step++) stored.step(index)
    else if (op.type === 'lose') stored.parts.delete([...stored.parts.keys()].at(op.pick % Math.max(1, stored.parts.size)) ?? '')
    else if (op.type === 'words') {
      table = op.table
      setWords(index, table)
    } else {
      index = restored(stored.inOrder(), table)
      // What start does: what was deleted since goes, what was not stored comes. A conversation that has fewer messages than its
      // parts tell is taken in anew.
      const present = [...living.values()]
      for (const [id, count] of index.messageCounts())
        if (count > present.filter(({ conversationId }) => conversationId === id).length) index.removeConversation(id)
      index.add([...living.values()])
    }
  }
  return { index, table, living }
}

function answers(index: LexicalIndex): string {
  return JSON.stringify(asked.map((text) => [index.retrieve(cue(text)), index.search(text.split(' ').at(-1) ?? '', 50)]))
}

describe('createIndexKeeper', () => {
  it('[M60] an index made of its parts answers byte for byte as the one that wrote them', () => {
    fc.assert(
      fc.property(ops, (script) => {
        const stored = disk()
        const { index, table } = run(script, stored)
        stored.saveAll(index)
        expect(answers(restored(stored.inOrder(), table))).toBe(answers(index))
      }),
      { numRuns: Math.max(300, cases) },
    )
  })

  it('[M61] the steps end, and then every message is in one part, exactly as it was, and none that is not there any more', () => {
    fc.assert(
      fc.property(ops, (script) => {
        const stored = disk()
        const { index, living } = run(script, stored)
        stored.saveAll(index)
        const again = createLexicalIndex({ messagesInPart: most })
        const counts = stored.inOrder().map((part) => again.keeper.restore(part))
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(living.size)
        expect(Math.max(0, ...counts)).toBeLessThanOrEqual(most)
        expect(again.lacking([...living.keys()])).toEqual([])
        // Nothing is left to write for the restored one either, but the parts whose vectors it has no table for.
        expect(again.keeper.next([...stored.parts.keys()], 'part:x')).toBeUndefined()
      }),
      { numRuns: Math.max(200, cases) },
    )
  })

  it('[M62] what was removed is gone from the parts: words, texts and ids', () => {
    fc.assert(
      fc.property(ops, messagesOf, (script, more) => {
        const secret = more.map(
          (message, place): Message => ({
            ...message,
            id: `msg:gone${place}`,
            conversationId: 'conv:gone',
            text: `zebracode${place} ${message.text}`,
            speaker: 'Xavieroni',
          }),
        )
        const stored = disk()
        const { index } = run(script, stored)
        index.add(secret)
        stored.saveAll(index)
        const raw = () =>
          stored
            .inOrder()
            .map(({ bytes }) => new TextDecoder('latin1').decode(bytes))
            .join()
        expect(raw()).toContain('zebracode0')
        index.removeConversation('conv:gone')
        stored.saveAll(index)
        expect(raw()).not.toMatch(/zebracode|conv:gone|msg:gone|xavieroni/i)
        expect(stored.inOrder().flatMap(({ conversationIds }) => conversationIds)).not.toContain('conv:gone')
      }),
      { numRuns: cases },
    )
  })

  it('[M63] a part that was altered anywhere or cut is refused, and nothing of it is taken', () => {
    const index = createLexicalIndex({ messagesInPart: most })
    index.add(
      branch('a', [
        ['user', 'My sister moved to Paris.'],
        ['assistant', 'How is the museum?'],
      ]),
    )
    const part = index.keeper.next([], 'part:1')?.add
    if (!part) throw new Error('There is no part.')
    fc.assert(
      fc.property(fc.nat(part.bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, change, cut) => {
        const bytes = cut ? part.bytes.slice(0, at) : part.bytes.slice()
        if (!cut) bytes[at] = (bytes[at] ?? 0) ^ change
        const again = createLexicalIndex({ messagesInPart: most })
        expect(() => again.keeper.restore({ ...part, bytes })).toThrow(PackError)
        expect(again.messageCounts().size).toBe(0)
      }),
      { numRuns: cases },
    )
  })

  it('[M64] few small parts come of many small writes, and a full one is not written again for what follows', () => {
    const index = createLexicalIndex({ messagesInPart: 64 })
    const stored = disk()
    let written = 0
    for (let minute = 0; minute < 400; minute++) {
      index.add(branch('a', [['user', `Line ${minute} about tea.`]], [], String(minute)))
      for (let change = stored.step(index); change; change = stored.step(index)) written += change.add?.bytes.length ?? 0
    }
    expect(stored.parts.size).toBeLessThanOrEqual(Math.ceil(400 / 32) + 9)
    const size = stored.inOrder().reduce((sum, { bytes }) => sum + bytes.length, 0)
    expect(written / size).toBeLessThan(12)
  })

  it('[M14] a message that went while the one before it was missing is no child of it when both come', () => {
    const path = branch('a', [
      ['user', 'Tea?'],
      ['assistant', 'Tea.'],
    ])
    const table = createMessageTable()
    for (const message of path.slice(1)) table.add(message)
    table.removeConversation('conv:a')
    for (const message of path) table.add(message)
    expect(table.children(1)).toEqual([2])
  })
})
