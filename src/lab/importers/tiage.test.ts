import { expect, it } from 'vitest'
import { collectImport } from './imported.ts'
import { isTiageFile, readTiage } from './tiage.ts'

it('reads dialogues by turns with the places where the topic shifts', () => {
  const intake = collectImport()
  const file = {
    1: [
      ['hello', '-1'],
      ['i am good', '0'],
      ['do you like cars ?', '1'],
      ['', '0'],
      [3, '0'],
    ],
    2: [],
  }
  expect(isTiageFile(file)).toBe(true)
  expect(isTiageFile([file])).toBe(false)
  const from = Date.UTC(2020, 0, 1)
  readTiage(JSON.stringify(file), 'anno.json', from, intake)
  expect(intake.conversations).toEqual([
    {
      key: 'tiage/anno.json/1',
      title: 'hello',
      messages: [
        { key: 'tiage/anno.json/1/0', role: 'user', text: 'hello', at: from },
        { key: 'tiage/anno.json/1/1', parentKey: 'tiage/anno.json/1/0', role: 'assistant', text: 'i am good', at: from + 30_000 },
        {
          key: 'tiage/anno.json/1/2',
          parentKey: 'tiage/anno.json/1/1',
          role: 'user',
          text: 'do you like cars ?',
          at: from + 60_000,
        },
      ],
      topicShifts: ['tiage/anno.json/1/2'],
    },
  ])
  expect(intake.problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
    'dialogue 1, turn 4: its text is empty',
    'dialogue 1, turn 5: 0 is no string',
    'dialogue 2: holds no message that could be read',
  ])
})

it('reports a file that is no JSON', () => {
  const intake = collectImport()
  readTiage('{', 'anno.json', 0, intake)
  expect(intake.problems[0]).toMatchObject({ file: 'anno.json', at: 'the whole file' })
  expect(intake.problems[0]?.why).toMatch(/^is no JSON/)
})
