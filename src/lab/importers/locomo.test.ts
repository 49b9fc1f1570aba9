import { describe, expect, it } from 'vitest'
import { collectImport } from './imported.ts'
import { isLocomoRow, type LocomoCorrections, readLocomoCorrections, readLocomoRow } from './locomo.ts'

const place = { file: 'locomo.json', at: 'row 1' }

const row = {
  sample_id: 'conv-1',
  conversation: {
    speaker_a: 'Ann',
    speaker_b: 'Bo',
    session_2_date_time: '12:05 am on 9 May, 2023',
    session_2: [{ speaker: 'Bo', dia_id: 'D2:1', text: 'Back again.' }],
    session_1_date_time: '1:56 pm on 8 May, 2023',
    session_1: [
      { speaker: 'Ann', dia_id: 'D1:1', text: 'I adopted a cat.' },
      { speaker: 'Bo', dia_id: 'D1:2', text: 'Look at this!', blip_caption: 'a photo of a cat' },
    ],
    session_3_date_time: '1:00 pm on 10 May, 2023',
  },
  qa: [
    { question: 'What did Ann adopt?', answer: 'a cat', evidence: ['D1:1; D2:01'], category: 1 },
    { question: 'How many?', answer: 1, evidence: ['D:1:2', 'D', 'D9:9'], category: 4 },
    { question: 'What did Bo adopt?', adversarial_answer: 'a cat', evidence: [], category: 5 },
  ],
}

function read(value: unknown, corrections?: LocomoCorrections) {
  const intake = collectImport()
  readLocomoRow(value, place, intake, corrections)
  return intake
}

describe('LoCoMo', () => {
  it('takes both people as users with their names, in order of time, with dates in UTC', () => {
    expect(isLocomoRow(row)).toBe(true)
    const { conversations, problems } = read({ ...row, qa: [] })
    expect(problems).toEqual([])
    expect(conversations).toHaveLength(1)
    expect(conversations[0]?.title).toBe('Ann and Bo')
    expect(conversations[0]?.messages).toEqual([
      { key: 'locomo/conv-1/D1:1', role: 'user', speaker: 'Ann', text: 'I adopted a cat.', at: Date.UTC(2023, 4, 8, 13, 56) },
      {
        key: 'locomo/conv-1/D1:2',
        parentKey: 'locomo/conv-1/D1:1',
        role: 'user',
        speaker: 'Bo',
        text: 'Look at this!\n[image: a photo of a cat]',
        at: Date.UTC(2023, 4, 8, 13, 56, 30),
      },
      {
        key: 'locomo/conv-1/D2:1',
        parentKey: 'locomo/conv-1/D1:2',
        role: 'user',
        speaker: 'Bo',
        text: 'Back again.',
        at: Date.UTC(2023, 4, 9, 0, 5),
      },
    ])
  })

  it('reads malformed evidence, and tells what names no message', () => {
    const { questions, problems } = read(row)
    expect(questions.map(({ gold, answer, abstain }) => ({ gold, answer, abstain }))).toEqual([
      { gold: ['locomo/conv-1/D1:1', 'locomo/conv-1/D2:1'], answer: 'a cat', abstain: false },
      { gold: ['locomo/conv-1/D1:2'], answer: '1', abstain: false },
      { gold: [], answer: undefined, abstain: true },
    ])
    expect(problems).toEqual([
      { file: 'locomo.json', at: 'row 1, question 2', why: 'its evidence "D" names no message' },
      { file: 'locomo.json', at: 'row 1, question 2', why: 'its evidence D9:9 is not there' },
    ])
    expect(questions[0]?.at).toBeGreaterThan(Date.UTC(2023, 4, 9, 0, 5))
  })

  it('uses corrected evidence and answers', () => {
    const intake = collectImport()
    const text = JSON.stringify([
      { sample_id: 'conv-1', qa_index: 0, correct_evidence: ['D1:2'], correct_answer: 'two cats' },
      { sample_id: 'conv-1', qa_index: 1, correct_evidence: [] },
      { sample_id: 'conv-1' },
    ])
    const corrections = readLocomoCorrections(text, 'corrections.json', intake)
    expect(intake.problems).toEqual([{ file: 'corrections.json', at: 'row 3', why: 'qa_index is no number' }])
    const { questions, problems } = read(row, corrections)
    expect(questions[0]).toMatchObject({ gold: ['locomo/conv-1/D1:2'], answer: 'two cats' })
    expect(questions[1]).toMatchObject({ gold: [], answer: '1' })
    expect(problems).toEqual([])
  })

  it('goes on after what it cannot read, and tells where it was', () => {
    const { conversations, problems } = read({
      ...row,
      conversation: {
        ...row.conversation,
        session_1: [{ speaker: 'Ann', dia_id: 'x', text: 'a' }, { speaker: 'Ann', text: 1 }, ...row.conversation.session_1],
        session_2_date_time: 'yesterday',
      },
      qa: [{ question: 1 }],
    })
    expect(conversations[0]?.messages.map(({ key }) => key)).toEqual([
      'locomo/conv-1/D1:1',
      'locomo/conv-1/D1:2',
      'locomo/conv-1/D2:1',
    ])
    expect(problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
      'row 1, session_2: has no date that can be read',
      'row 1, session_1, turn 1: dia_id x is not of the form D1:2',
      'row 1, session_1, turn 2: dia_id is no string',
      'row 1, question 1: question is no string',
    ])
    expect(read({ sample_id: 'x' }).problems).toEqual([{ ...place, why: 'conversation is no object' }])
    expect(read({ sample_id: 'x', conversation: { speaker_a: 'A', speaker_b: 'B' } }).problems).toEqual([
      { ...place, why: 'holds no message that could be read' },
    ])
  })
})
