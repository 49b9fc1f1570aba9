import fc from 'fast-check'
import { vi } from 'vitest'
import type { Message, Role } from '#chat/message.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import type { Draft } from './draft.ts'
import type { Cause, Memory, MemoryOp, Sentence, Span } from './memory.ts'

// Conversations, memories and logs for the tests of SPEC.md.

/** Cases of each property: few in the normal run, LONGHAND_CASES for a campaign. */
export const cases = Number(process.env.LONGHAND_CASES ?? 150)
// A campaign takes minutes, and so may a busy machine.
vi.setConfig({ testTimeout: 1_800_000 })

/** A token a word: enough to test caps with. */
export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length

type Said = readonly [role: Role, text: string]

/** A branch of messages, one a minute; `after` goes on with another branch. */
export function branch(conversation: string, said: readonly Said[], after: readonly Message[] = [], mark = ''): Message[] {
  const path = [...after]
  for (const [role, text] of said) {
    const before = path.at(-1)
    path.push({
      id: `msg:${conversation}${mark}-${String(path.length).padStart(4, '0')}`,
      conversationId: `conv:${conversation}`,
      ...(before && { parentId: before.id }),
      role,
      text,
      createdAt: (before?.createdAt ?? 0) + 60_000,
      status: 'complete',
    })
  }
  return path
}

export function span(message: string, from = 0, to = 5): Span {
  return { conversationId: 'conv:a', messageId: `msg:${message}`, from, to }
}

export function memory(id: string, more: Partial<Memory> = {}): Memory {
  const sentences: readonly Sentence[] = more.sentences ?? [{ text: `About ${id}.`, evidence: [span('1')] }]
  return {
    id: `mem:${id}`,
    kind: 'fact',
    text: sentences.map(({ text }) => text).join('\n'),
    sentences,
    evidence: sentences.flatMap(({ evidence }) => evidence),
    madeBy: 'extracted',
    level: 0,
    foldedFrom: [],
    createdAt: 0,
    validFrom: 0,
    pinned: false,
    retired: false,
    strength: 1,
    ...more,
  }
}

export const messageNumbers = fc.integer({ min: 0, max: 5 })
const spans = fc
  .uniqueArray(messageNumbers, { minLength: 1, maxLength: 3 })
  .map((numbers) => numbers.map((number) => span(String(number))))
const sentences = fc.array(
  fc.record({
    text: fc.constantFrom('Ana has a dog.', 'The trip is on Friday.', 'Rent is 700.', 'Tea, no coffee.'),
    evidence: spans,
  }),
  { minLength: 1, maxLength: 3 },
)
const causes: fc.Arbitrary<Cause> = fc.constantFrom(
  { type: 'user' },
  { type: 'epoch-closed', conversationId: 'conv:a', reason: 'pressure' },
)

/** Logs of up to 20 ops that name each other, in any order of time. */
export const logs: fc.Arbitrary<readonly MemoryOp[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom('add', 'add', 'revise', 'merge', 'retire', 'touch', 'link', 'pin', 'keep', 'undo', 'forget-sources'),
      at: fc.integer({ min: 0, max: 12 }),
      cause: causes,
      target: fc.integer({ min: 0, max: 19 }),
      other: fc.integer({ min: 0, max: 19 }),
      sentences,
      evidence: spans,
      numbers: fc.array(messageNumbers, { maxLength: 2 }),
      flag: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((drafts) =>
    drafts.map(({ type, at, cause, target, other, sentences: own, evidence, numbers, flag }, index): MemoryOp => {
      const base = { id: `op:${String(index).padStart(3, '0')}` as const, at, cause }
      const made = memory(String(index), { sentences: own, validFrom: at, createdAt: at, pinned: flag })
      const aim: MemoryId = `mem:${target % Math.max(1, index)}`
      switch (type) {
        case 'add':
          return { ...base, type, memory: made }
        case 'revise':
          return { ...base, type, memoryId: aim, memory: made }
        case 'merge':
          return { ...base, type, memoryIds: [aim, `mem:${other % Math.max(1, index)}`], memory: made }
        case 'retire':
          return { ...base, type, memoryId: aim, ...(flag ? { until: at, evidence } : {}) }
        case 'link':
          return { ...base, type, memoryId: aim, link: { to: `mem:${other % Math.max(1, index)}`, relation: 'contradicts' } }
        case 'touch':
          return { ...base, type, memoryId: aim, evidence }
        case 'pin':
          return { ...base, type, memoryId: aim, pinned: flag }
        case 'keep':
          return { ...base, type, check: 'duplicate', memoryIds: [aim, `mem:${other % Math.max(1, index)}`] }
        case 'undo':
          return { ...base, type, opId: `op:${String(target % Math.max(1, index)).padStart(3, '0')}` }
        default:
          return { ...base, type: 'forget-sources', messageIds: numbers.map((number): MessageId => `msg:${number}`) }
      }
    }),
  )

const utterances = fc.array(
  fc.constantFrom(
    'My sister Ana moved to Ghent on 3 May.',
    'I have 2 cats.',
    'ok',
    '',
    'What should I cook?',
    'The rent is 700 euros a month, and I decided to stay.',
    '東京に住んでいます。猫が好きです。',
    'Try this:\n```js\nlet a = 1\n```\nThat is all.',
    '😀 We leave at 10:30! Do you know 😀 it?',
    'a long one without any stop '.repeat(30),
  ),
  { maxLength: 3 },
)

/** Branches of 1 to 30 messages, user and assistant in any order. */
export const branches: fc.Arbitrary<readonly Message[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom<Role>('user', 'assistant', 'user'),
      utterances.map((parts) => parts.join(' ')),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((said): readonly Message[] => branch('a', said))

/** A draft of a fact as the rules make it, said in minute `minute` of a conversation of its own. */
export function draftOf(text: string, minute: number, more: Partial<Draft> = {}): Draft {
  const evidence = [{ conversationId: 'conv:a', messageId: `msg:d${minute}`, from: 0, to: text.length } as const]
  return {
    kind: 'fact',
    sentences: [{ text, evidence, speaker: 'user' }],
    evidence,
    at: minute * 60_000,
    stance: 'states',
    keys: [],
    madeBy: 'extracted',
    ...more,
  }
}

/** Statements about a user, in any order and with repetitions, some days apart. */
export const statements: fc.Arbitrary<readonly Message[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'I moved to Lisbon.',
        'I moved to Porto.',
        'I live in Ghent.',
        'My name is Tom.',
        'Actually, my name is Tim.',
        'I have a dog named Rex.',
        'I no longer have a dog.',
        'I have a cat.',
        'I sold the car.',
        'My car is a blue Volvo.',
        'My car is a red Fiat.',
        'I quit my job.',
        'I work as a welder.',
        'I love hiking.',
        'I hate hiking.',
        'I am allergic to walnuts and peanuts.',
        'I am allergic to walnuts.',
        'I have a dentist appointment tomorrow.',
        'I went to the dentist appointment yesterday.',
        'Do you know where I live? If I lived in Rome, I would say so.',
      ),
      fc.integer({ min: 0, max: 3_000 }),
    ),
    { maxLength: 14 },
  )
  .map((said): readonly Message[] =>
    branch(
      'a',
      said.map(([text]) => ['user', text] as const),
    ).map((message, index) => ({ ...message, createdAt: Date.UTC(2026, 0, 1) + (said[index]?.[1] ?? 0) * 3_600_000 })),
  )
