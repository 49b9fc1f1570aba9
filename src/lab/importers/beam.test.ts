import { describe, expect, it } from 'vitest'
import { beamChatName, isBeamBatch, readBeam } from './beam.ts'
import { collectImport } from './imported.ts'

function read(chat: unknown, questions?: unknown) {
  const intake = collectImport()
  const file = (name: string, value: unknown) => ({ name, text: JSON.stringify(value) })
  readBeam(
    '3',
    file('3_chat.json', chat),
    questions === undefined ? undefined : file('3_probing_questions.json', questions),
    intake,
  )
  return intake
}

const batch = (turns: unknown[][], number = 1) => ({ batch_number: number, time_anchor: null, turns })
const said = (id: number, role: string, content: string, more: object = {}) => ({ id, role, content, ...more })

describe('BEAM', () => {
  it('names a chat by its file', () => {
    expect(beamChatName('beam-100k/12_chat.json.gz')).toBe('12')
    expect(beamChatName('12_probing_questions.json')).toBe('12')
    expect(beamChatName('conversations.json')).toBeUndefined()
  })

  it('strips the marker of the plan from what the user said and carries dates forward', () => {
    const chat = [
      batch([
        [said(0, 'user', 'Plan it? ->-> 1,2', { time_anchor: 'March-15-2024' }), said(1, 'assistant', 'Do A ->-> 1,2')],
        [said(2, 'user', 'And then ->-> 2,1)'), said(3, 'assistant', 'B')],
      ]),
      batch([[said(4, 'user', 'Later', { time_anchor: 'May-02-2024' })]], 2),
    ]
    expect(isBeamBatch(chat[0])).toBe(true)
    const { conversations, problems } = read(chat)
    expect(problems).toEqual([])
    expect(conversations[0]?.messages.map(({ key, role, text, at }) => [key, role, text, new Date(at).toISOString()])).toEqual([
      ['beam/3/0', 'user', 'Plan it?', '2024-03-15T12:00:00.000Z'],
      ['beam/3/1', 'assistant', 'Do A ->-> 1,2', '2024-03-15T12:01:00.000Z'],
      ['beam/3/2', 'user', 'And then', '2024-03-15T12:02:00.000Z'],
      ['beam/3/3', 'assistant', 'B', '2024-03-15T12:03:00.000Z'],
      ['beam/3/4', 'user', 'Later', '2024-05-02T12:00:00.000Z'],
    ])
  })

  it('reads sources of every shape and answers under every name', () => {
    const chat = [
      batch([[said(0, 'user', 'a', { time_anchor: 'March-15-2024' }), said(1, 'assistant', 'b'), said(2, 'user', 'c')]]),
    ]
    const { questions, problems } = read(chat, {
      abstention: [{ question: 'q', ideal_response: 'unknown', rubric: ['says so', 7] }],
      event_ordering: [{ question: 'q', answer: 3, source_chat_ids: [[0, 1], 2] }],
      knowledge_update: [{ question: 'q', answer: 'x', source_chat_ids: { original_info: [0], updated_info: [2] } }],
      summarization: [{ question: 'q', ideal_summary: 's', source_chat_ids: [] }],
      instruction_following: [{ question: 'q', expected_compliance: 'e', source_chat_ids: [1, 9, 'x'] }, 5],
    })
    expect(
      questions.map(({ category, answer, gold, parts, abstain, rubric }) => ({ category, answer, gold, parts, abstain, rubric })),
    ).toEqual([
      { category: 'abstention', answer: 'unknown', gold: [], abstain: true, rubric: ['says so'] },
      { category: 'event_ordering', answer: '3', gold: ['beam/3/0', 'beam/3/1', 'beam/3/2'], abstain: false },
      {
        category: 'knowledge_update',
        answer: 'x',
        gold: ['beam/3/0', 'beam/3/2'],
        parts: { original_info: ['beam/3/0'], updated_info: ['beam/3/2'] },
        abstain: false,
      },
      { category: 'summarization', answer: 's', gold: [], abstain: false },
      { category: 'instruction_following', answer: 'e', gold: ['beam/3/1'], abstain: false },
    ])
    expect(problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
      'instruction_following, question 1: its source "x" names no message',
      'instruction_following, question 1: message 9, its source, is not there',
      'instruction_following, question 2: it is no object',
    ])
  })

  it('tells what it could not take and goes on', () => {
    const { conversations, problems } = read([
      7,
      batch([
        [said(0, 'user', 'too early')],
        [said(1, 'user', 'ok', { time_anchor: 'March-15-2024' }), said(1, 'user', 'again'), { role: 'tool' }],
      ]),
      batch([['x'], [said(2, 'user', ' ->-> 1,1'), said(3, 'user', 'end', { time_anchor: 'Smarch-15-2024' })]]),
    ])
    expect(conversations[0]?.messages.map(({ text }) => text)).toEqual(['ok', 'end'])
    expect(problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
      'batch 1: it is no object',
      'batch 2, turn 1: comes before any date',
      'batch 2, turn 2: message 1 stands twice',
      'batch 2, turn 2: role is not of a known form',
      'batch 3, turn 1: it is no object',
      'batch 3, turn 2: its text is empty',
      'batch 3, turn 2: time_anchor Smarch-15-2024 is no date',
    ])
    expect(read([]).problems).toEqual([{ file: '3_chat.json', at: 'the whole file', why: 'holds no message that could be read' }])
  })
})
