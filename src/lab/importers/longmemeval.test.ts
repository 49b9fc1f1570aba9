import { describe, expect, it } from 'vitest'
import { collectImport } from './imported.ts'
import { isLongMemEvalRow, isLongMemEvalSession, longMemEvalReader, readLongMemEvalSession } from './longmemeval.ts'

const question = {
  question_id: 'q1',
  question_type: 'single-session-user',
  question: 'What is my cat called?',
  question_date: '2023/06/01 (Thu) 10:00',
  answer: 'Miu',
  answer_session_ids: ['s1'],
}
const late = '2023/05/30 (Tue) 21:35'
const early = '2023/05/20 (Sat) 06:37'
const place = { file: 'q.jsonl', at: 'line 1' }

describe('LongMemEval', () => {
  it('reads the original form: dated sessions in order of time, turns that hold the answer', () => {
    const intake = collectImport()
    const row = {
      ...question,
      haystack_dates: [late, early],
      haystack_session_ids: ['s1', 's2'],
      haystack_sessions: [
        [
          { role: 'user', content: 'My cat is Miu.', has_answer: true },
          { role: 'assistant', content: 'A fine name.', has_answer: false },
        ],
        [{ role: 'user', content: 'Hello there' }],
      ],
    }
    expect(isLongMemEvalRow(row)).toBe(true)
    longMemEvalReader(intake)(row, place)
    expect(intake.problems).toEqual([])
    const key = 'longmemeval/s1@2023-05-30T21:35'
    expect(intake.conversations[0]).toEqual({
      key,
      title: 'My cat is Miu',
      messages: [
        { key: `${key}/0`, role: 'user', text: 'My cat is Miu.', at: Date.UTC(2023, 4, 30, 21, 35) },
        {
          key: `${key}/1`,
          parentKey: `${key}/0`,
          role: 'assistant',
          text: 'A fine name.',
          at: Date.UTC(2023, 4, 30, 21, 35, 30),
        },
      ],
    })
    expect(intake.questions).toEqual([
      {
        key: 'longmemeval/q1',
        text: 'What is my cat called?',
        at: Date.UTC(2023, 5, 1, 10),
        answer: 'Miu',
        category: 'single-session-user',
        gold: [`${key}/0`],
        abstain: false,
        over: ['longmemeval/s2@2023-05-20T06:37', key],
      },
    ])
  })

  it('reads the compact form, where one session may stand on two dates and in two haystacks', () => {
    const intake = collectImport()
    const sessions = new Map()
    const line = [
      's1',
      [
        ['u', 'My cat is Miu.'],
        ['a', 'A fine name.'],
      ],
    ]
    expect(isLongMemEvalSession(line)).toBe(true)
    readLongMemEvalSession(line, { file: 's.jsonl', at: 'line 1' }, intake, sessions)
    const read = longMemEvalReader(intake, sessions)
    const row = { ...question, haystack_dates: [late, early], haystack_session_ids: ['s1', 's1'], answer_turns: [[1, 0]] }
    read(row, place)
    read({ ...row, question_id: 'q2_abs', answer_turns: [] }, place)
    expect(intake.problems).toEqual([])
    const keys = ['longmemeval/s1@2023-05-20T06:37', 'longmemeval/s1@2023-05-30T21:35']
    expect(intake.conversations.map(({ key }) => key).sort()).toEqual(keys)
    expect(intake.questions.map(({ gold, abstain, over }) => ({ gold, abstain, over }))).toEqual([
      { gold: [`${keys[0]}/0`], abstain: false, over: keys },
      { gold: [], abstain: true, over: keys },
    ])
  })

  it('tells what it could not take and keeps the places of the other turns', () => {
    const intake = collectImport()
    const sessions = new Map()
    const where = { file: 's.jsonl', at: 'line 1' }
    readLongMemEvalSession(
      [
        's1',
        [
          ['x', 'a'],
          ['u', ' '],
          ['u', 'Yes.'],
        ],
      ],
      where,
      intake,
      sessions,
    )
    readLongMemEvalSession(['s1', []], { ...where, at: 'line 2' }, intake, sessions)
    readLongMemEvalSession(7, { ...where, at: 'line 3' }, intake, sessions)
    const read = longMemEvalReader(intake, sessions)
    read(
      {
        ...question,
        haystack_dates: [early, 'soon', late],
        haystack_session_ids: ['s1', 's1', 's9'],
        answer_turns: [
          [0, 2],
          [0, 1],
        ],
      },
      place,
    )
    read({ ...question, question_date: 'now', haystack_dates: [early], haystack_session_ids: ['s1'] }, { ...place, at: 'line 2' })
    expect(intake.conversations.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(['Yes.'])
    expect(intake.questions.map(({ gold, at }) => [gold, at])).toEqual([
      [['longmemeval/s1@2023-05-20T06:37/2'], Date.UTC(2023, 5, 1, 10)],
      [[], Date.UTC(2023, 4, 21, 6, 37)],
    ])
    expect(intake.problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
      'line 1, turn 1: 0 is not of a known form',
      'line 1, turn 2: its text is empty',
      'line 2: session s1 stands twice',
      'line 3: it is no tuple',
      'line 1, session s1: turn 1, which holds the answer, is not there',
      'line 1, session s1: has no date that can be read',
      'line 1, session s9: is not in the file of sessions, which must be read along',
      'line 2: its question_date now is no date',
    ])
  })
})
