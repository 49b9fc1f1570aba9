import { expect, test } from 'vitest'
import { spokenText, wholeSentences } from './spoken-text.ts'

test('signs of Markdown are not read aloud', () => {
  expect(spokenText('## Plan\n\n- **Book** the [van](https://x.example)\n- see `eur`\n\n```py\nprint(1)\n```\nDone_here')).toBe(
    'Plan Book the van see eur Code block. Done_here',
  )
})

test('only whole sentences, each once', () => {
  const text = 'One is done. Two is do'
  const first = wholeSentences(text, 0)
  expect(first.text).toBe('One is done.')
  expect(wholeSentences(text, first.end).text).toBe('')
  expect(wholeSentences(`${text}ne. `, first.end).text.trim()).toBe('Two is done.')
})
