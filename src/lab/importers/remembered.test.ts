import { expect, it } from 'vitest'
import { collectImport } from './imported.ts'
import { isClaudeMemories, isMemoryEntry, readClaudeMemories, readMemoryEntry, readMemoryLines } from './remembered.ts'

const origin = { program: 'ChatGPT', at: 7000, key: 'memory' }
const place = { file: 'memories.json', at: 'entry 1' }

it('reads pasted memories line by line, without bullets, numbers, dates and headings', () => {
  const intake = collectImport()
  readMemoryLines(
    '# Saved memories\n\n- Has a cat.\n2. [2024-05-01]. Lives in Ghent.\n**Work**\n* Is a nurse\n---\n',
    origin,
    intake,
  )
  expect(intake.memories.map(({ text, at }) => [text, at])).toEqual([
    ['Has a cat.', 7000],
    ['Lives in Ghent.', Date.UTC(2024, 4, 1)],
    ['Is a nurse', 7000],
  ])
})

it('cuts a long paragraph into its sentences', () => {
  const intake = collectImport()
  const sentences = Array.from({ length: 8 }, (_, n) => `They told me in conversation ${n} that they like the number ${n} best.`)
  readMemoryLines(sentences.join(' '), origin, intake)
  expect(intake.memories.map(({ text }) => text)).toEqual(sentences)
})

it('reads lists of texts and of objects with a time', () => {
  const intake = collectImport()
  const entries = [
    'Likes tea',
    { memory: 'Has a dog', created_at: '2024-05-01T00:00:00Z' },
    { content: 'Sings', create_time: 1_714_521_600 },
    { text: 'Runs' },
  ]
  for (const entry of entries) {
    expect(isMemoryEntry(entry)).toBe(true)
    readMemoryEntry(entry, place, origin, intake)
  }
  readMemoryEntry({ about: 'nothing' }, place, origin, intake)
  const day = Date.UTC(2024, 4, 1)
  expect(intake.memories.map(({ text, at }) => [text, at])).toEqual([
    ['Likes tea', 7000],
    ['Has a dog', day],
    ['Sings', day],
    ['Runs', 7000],
  ])
  expect(intake.problems).toEqual([{ ...place, why: 'it is not of a known form' }])
})

it('reads what Claude knows of the user and of projects', () => {
  const intake = collectImport()
  const value = {
    conversations_memory: '**Work context**\n\nIs a nurse in Ghent.',
    project_memories: { p1: 'Grows tomatoes.', p2: 7 },
  }
  expect(isClaudeMemories(value)).toBe(true)
  readClaudeMemories(value, place, 9, intake)
  expect(intake.memories.map(({ text, by, at }) => [text, by, at])).toEqual([
    ['Is a nurse in Ghent.', 'Claude', 9],
    ['Grows tomatoes.', 'Claude', 9],
  ])
  expect(intake.problems.map(({ at, why }) => `${at}: ${why}`)).toEqual(['entry 1, project p2: its memory is no text'])
})
