import { expect, test } from 'vitest'
import { tokenRuns } from './token-runs.ts'

test('runs are cut where tokens begin, and a token over a border begins once', () => {
  const runs = [{ text: '<u>' }, { text: 'one', item: { ref: 'M1', section: 'message' as const } }, { text: '</u>' }]
  const pieces = ['<u>', 'on', 'e</', 'u>'].map((text) => ({ text, tokens: 1 }))
  const cut = tokenRuns(runs, pieces)
  expect(cut.map((run) => run.map(({ text, begins }) => (begins ? `|${text}` : text)).join(''))).toEqual([
    '|<u>',
    '|on|e',
    '</|u>',
  ])
})
