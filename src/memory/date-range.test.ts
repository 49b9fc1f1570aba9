import { describe, expect, it } from 'vitest'
import { dateRange } from './date-range.ts'

const at = Date.UTC(2026, 10, 18, 15) // a Wednesday
const iso = (text: string) => {
  const range = dateRange(text, at)
  return range && [new Date(range.from).toISOString().slice(0, 10), new Date(range.to).toISOString().slice(0, 10)]
}

describe('dateRange', () => {
  it.each([
    ['What did I tell you yesterday?', '2026-11-17', '2026-11-18'],
    ['what did we plan today', '2026-11-18', '2026-11-19'],
    ['the trip on Monday', '2026-11-16', '2026-11-17'],
    ['last Wednesday I said something', '2026-11-11', '2026-11-12'],
    ['What happened in March?', '2026-03-01', '2026-04-01'],
    ['What happened in December?', '2025-12-01', '2026-01-01'],
    ['my visit on 5 May 2023', '2023-05-05', '2023-05-06'],
    ['my visit on May 5th, 2023', '2023-05-05', '2023-05-06'],
    ['the note of 2024-02-29', '2024-02-29', '2024-03-01'],
    ['in 2021 I moved', '2021-01-01', '2022-01-01'],
    ['this week', '2026-11-11', '2026-11-19'],
  ])('%s', (text, from, to) => {
    expect(iso(text)).toEqual([from, to])
  })

  it('holds the day that lies the named time back', () => {
    for (const [text, back] of [
      ['ten days ago', 10],
      ['two weeks ago', 14],
      ['a couple of weeks ago', 14],
      ['3 months ago', 91],
    ] as const) {
      const range = dateRange(`What did I buy ${text}?`, at)
      const then = at - back * 86_400_000
      expect(range && range.from <= then && then < range.to, text).toBe(true)
    }
  })

  it('names no time where the text names none', () => {
    for (const text of ['Which may be better?', 'I march on', 'tell me a joke', '']) expect(dateRange(text, at)).toBeUndefined()
  })
})
