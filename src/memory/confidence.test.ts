import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLexicalIndex } from './lexical-index.ts'
import { branch, branches, cases } from './memory.fixture.ts'

const confidence = (index: ReturnType<typeof createLexicalIndex>, text: string) =>
  index.retrieve({
    text,
    at: 1_000_000,
    conversationId: 'conv:new',
    excludeMessageIds: [],
    otherConversationsOnly: false,
    limit: 20,
  }).confidence

const told = branch('a', [
  ['user', 'My sister Ana moved to Lisbon in March and works in a bakery.'],
  ['assistant', 'Lisbon is lovely. I hope that she likes the bakery.'],
  ['user', 'On Tuesday I go to the choir, then I water the tomatoes.'],
  ['assistant', 'A good day for both.'],
])

describe('confidenceOf', () => {
  it('[M31] lies in 0…1, is 0 where nothing is found, and the same for the same memory and cue', () => {
    fc.assert(
      fc.property(branches, fc.string({ maxLength: 60 }), (path, text) => {
        const [one, two] = [createLexicalIndex(), createLexicalIndex()]
        expect(confidence(one, text)).toBe(0)
        one.add(path)
        two.add(path)
        const sure = confidence(one, text)
        expect(sure).toBeGreaterThanOrEqual(0)
        expect(sure).toBeLessThanOrEqual(1)
        expect(confidence(two, text)).toBe(sure)
      }),
      { numRuns: cases },
    )
  })

  it.each([
    ['Where does my sister Ana work?', 'Where does my sister Ana park?'],
    ['Which bakery in Lisbon?', 'Which dentist in Lisbon?'],
    ['When do I water the tomatoes?', 'When do I prune the tomatoes?'],
  ])('[M31] a topic that is there and a detail that is not are less sure: “%s” against “%s”', (there, missing) => {
    const index = createLexicalIndex()
    index.add(told)
    expect(confidence(index, missing)).toBeLessThan(confidence(index, there) - 0.3)
  })

  it('[M31] a cue that asks at large is surer than one for a detail', () => {
    const index = createLexicalIndex()
    index.add(told)
    expect(confidence(index, 'Summarize the news of Ana over time')).toBeGreaterThan(
      confidence(index, 'The salary of Ana?') + 0.3,
    )
  })
})
