import fc from 'fast-check'
import { expect, it } from 'vitest'
import { caseCount } from '#storage/testing/cases.ts'
import { readBeam } from './beam.ts'
import { collectImport, type Imported, type Intake } from './imported.ts'
import { readLocomoRow } from './locomo.ts'
import { longMemEvalReader, readLongMemEvalSession } from './longmemeval.ts'
import { readTiage } from './tiage.ts'
import { toProduct } from './to-product.ts'

const place = { file: 'a file', at: 'row 1' }
const text = (value: unknown) => ({ name: '1_chat.json', text: JSON.stringify(value) })

const samples: readonly {
  readonly name: string
  readonly value: unknown
  readonly read: (value: unknown, intake: Intake) => void
}[] = [
  {
    name: 'LoCoMo',
    value: {
      sample_id: 'a',
      conversation: {
        speaker_a: 'A',
        speaker_b: 'B',
        session_1_date_time: '1:56 pm on 8 May, 2023',
        session_1: [
          { speaker: 'A', dia_id: 'D1:1', text: 'x' },
          { speaker: 'B', dia_id: 'D1:2', text: 'y' },
        ],
      },
      qa: [{ question: 'q', answer: 'a', evidence: ['D1:1'], category: 1 }],
    },
    read: (value, intake) => readLocomoRow(value, place, intake),
  },
  {
    name: 'LongMemEval',
    value: {
      question_id: 'q',
      question_type: 't',
      question: 'q',
      question_date: '2023/05/30 (Tue) 21:35',
      answer: 7,
      haystack_dates: ['2023/05/20 (Sat) 06:37'],
      haystack_session_ids: ['s'],
      haystack_sessions: [[{ role: 'user', content: 'x', has_answer: true }]],
      answer_turns: [[0, 0]],
    },
    read: (value, intake) => longMemEvalReader(intake)(value, place),
  },
  {
    name: 'LongMemEval sessions',
    value: [
      's',
      [
        ['u', 'x'],
        ['a', 'y'],
      ],
    ],
    read: (value, intake) => readLongMemEvalSession(value, place, intake, new Map()),
  },
  {
    name: 'BEAM',
    value: [{ batch_number: 1, turns: [[{ role: 'user', id: 0, time_anchor: 'March-15-2024', content: 'x ->-> 1,1' }]] }],
    read: (value, intake) => readBeam('1', text(value), undefined, intake),
  },
  {
    name: 'BEAM questions',
    value: { abstention: [{ question: 'q', rubric: ['r'], source_chat_ids: { a: [0] } }], other: [{ question: 'q', answer: 1 }] },
    read: (value, intake) =>
      readBeam(
        '1',
        text([{ turns: [[{ role: 'user', id: 0, time_anchor: 'March-15-2024', content: 'x' }]] }]),
        text(value),
        intake,
      ),
  },
  {
    name: 'TIAGE',
    value: {
      1: [
        ['hello', '-1'],
        ['bye', '1'],
      ],
    },
    read: (value, intake) => readTiage(JSON.stringify(value), 'f', 0, intake),
  },
]

/** The value with the part at a random place replaced. */
function damaged(value: unknown, choices: readonly number[], replacement: unknown): unknown {
  const [choice, ...rest] = choices
  if (typeof value !== 'object' || value === null || choice === undefined) return replacement
  const keys = Object.keys(value)
  const key = keys[choice % keys.length]
  if (key === undefined) return replacement
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  copy[key] = damaged(copy[key], rest, replacement)
  return copy
}

function check({ conversations, questions }: Imported): void {
  const keys = new Set<string>()
  for (const conversation of conversations) {
    expect(conversation.messages.length).toBeGreaterThan(0)
    for (const { key, parentKey, at } of conversation.messages) {
      if (parentKey !== undefined) expect(keys.has(parentKey)).toBe(true)
      keys.add(key)
      expect(Number.isFinite(at)).toBe(true)
    }
    expect(toProduct(conversation).messages).toHaveLength(conversation.messages.length)
  }
  for (const { gold } of questions) for (const key of gold) expect(keys.has(key)).toBe(true)
}

it.each(samples)('$name: whatever is damaged is told or taken over right, and nothing throws', ({ value, read }) => {
  const whole = collectImport()
  read(value, whole)
  expect(whole.problems).toEqual([])
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 6 }), fc.jsonValue(), (choices, replacement) => {
      const intake = collectImport()
      read(damaged(value, choices, replacement), intake)
      check(intake)
    }),
    { numRuns: caseCount(300) },
  )
})
