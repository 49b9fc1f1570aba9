import { expect, it } from 'vitest'
import { callRows, callTotal, reportWords } from './call-words.ts'

const facts = { asked: 12, parsed: 9, lines: 31, dropped: 12, why: { unsupported: 8, repeated: 4 } }

it('says how often the model was asked, how much could be read, and why lines were dropped', () => {
  expect(reportWords(facts)).toBe(
    'Asked 12 times, 9 answers could be used, 31 lines, 12 dropped: 8 not held by what was said, 4 said twice',
  )
  expect(reportWords({ asked: 1, parsed: 1, lines: 1, dropped: 0 })).toBe('Asked 1 time, 1 answer could be used')
  expect(reportWords({ asked: 2, parsed: 0, lines: 0, dropped: 0 })).toBe('Asked 2 times, 0 answers could be used')
})

it('has a row for each kind that was asked for, and nothing where the model was never asked', () => {
  expect(callRows({ choose: { asked: 2, parsed: 1, lines: 2, dropped: 1 }, facts }).map(({ kind }) => kind)).toEqual([
    'facts',
    'choose',
  ])
  expect(callTotal({ choose: { asked: 2, parsed: 1, lines: 2, dropped: 1 }, facts })).toMatchObject({ asked: 14, parsed: 10 })
  expect(callTotal({})).toBeUndefined()
})
