import { expect, it } from 'vitest'
import { readSamplingNumber, readStopTexts, writeStopTexts } from './sampling-bounds.ts'

it('reads numbers with a point or a comma', () => {
  expect(readSamplingNumber('temperature', ' 0,7 ')).toEqual({ value: 0.7 })
  expect(readSamplingNumber('seed', '12')).toEqual({ value: 12 })
})

it('says what a number may be', () => {
  expect(readSamplingNumber('temperature', 'warm')).toEqual({ problem: 'Temperature is a number from 0 to 2.' })
  expect(readSamplingNumber('temperature', '2.1')).toEqual({ problem: 'Temperature goes from 0 to 2.' })
  expect(readSamplingNumber('maxOutputTokens', '20.5')).toEqual({
    problem: 'Longest reply is a whole number from 16 to 32,768.',
  })
})

it('reads stop texts line by line, once each, and gives them back as typed', () => {
  const read = readStopTexts('END\n\n\\n\\n\nEND\n User:')
  expect(read).toEqual({ value: ['END', '\n\n', ' User:'] })
  if ('value' in read) expect(readStopTexts(writeStopTexts(read.value))).toEqual(read)
})

it('says when stop texts are too many or too long', () => {
  expect(readStopTexts('abcdefghi'.split('').join('\n'))).toEqual({ problem: 'There can be 8 stop texts; these are 9.' })
  expect(readStopTexts('x'.repeat(65))).toMatchObject({ problem: expect.stringContaining('has 65') })
})
