import { expect, it } from 'vitest'
import type { Candidate } from './candidate.ts'
import { searchMemory, searchPrompt } from './search-memory.ts'

const found = (key: string, total: number): Candidate => ({
  key: `msg:${key}`,
  kind: 'excerpt',
  text: `Words of ${key}.`,
  at: 0,
  evidence: [],
  score: { total, parts: [{ name: 'words', value: total, weight: 1, contribution: total }] },
})

/** Answers in order, and what was asked for. */
async function search(answers: readonly string[], maxSteps = 3) {
  const [asked, shown]: [string[], string[]] = [[], []]
  const result = await searchMemory({
    question: 'Where did I leave it?',
    found: [found('first', 0.4)],
    ask: async ({ user }) => {
      shown.push(user)
      return answers[shown.length - 1] ?? 'done'
    },
    search: async (words) => {
      asked.push(words)
      return [found(words, 0.5), found('both', 0.3 + asked.length / 100)]
    },
    maxSteps,
  })
  return { ...result, asked, shown }
}

it('[M33] the model searches in its own words, sees what came of it, and stops when it says so', async () => {
  const { candidates, calls, asked, shown } = await search(['search | umbrella', 'search | hall', 'done'])
  expect(asked).toEqual(['umbrella', 'hall'])
  expect(shown[0]).toContain('Words of first.')
  expect(shown[1]).toContain('Words of umbrella.')
  expect(candidates.map(({ key }) => key)).toEqual(['msg:umbrella', 'msg:both', 'msg:hall'])
  expect(calls).toMatchObject({ asked: 3, parsed: 3, dropped: 0 })
  for (const { score } of candidates)
    expect(score.total).toBeCloseTo(
      score.parts.reduce((sum, part) => sum + part.contribution, 0),
      9,
    )
  expect(candidates.find(({ key }) => key === 'msg:both')?.score.total).toBeCloseTo(0.42, 9)
})

it('[M33] what cannot be read ends the search, as do other functions, and it never asks more often than it may', async () => {
  for (const answer of ['I would search for the umbrella.', 'append | a line', 'search |', 'search | a\nsearch | b'])
    expect(await search([answer])).toMatchObject({ candidates: [], asked: [], calls: { asked: 1, parsed: 0, dropped: 1 } })
  expect((await search(['search | a', 'search | b', 'search | c'], 2)).asked).toEqual(['a', 'b'])
})

it('a long excerpt is shown in part, and nothing found is said', () => {
  expect(searchPrompt('Why?', []).user).toContain('(nothing)')
  expect(searchPrompt('Why?', [{ ...found('x', 1), text: 'a'.repeat(5000) }]).user.length).toBeLessThan(600)
})
