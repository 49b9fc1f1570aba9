import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractByRules } from './extract-by-rules.ts'
import { branch, branches, cases, statements } from './memory.fixture.ts'

const day = 86_400_000
const read = (...said: readonly string[]) =>
  extractByRules(
    branch(
      'a',
      said.map((text) => ['user', text] as const),
    ),
  )
const slotOf = (text: string) => {
  const [draft] = read(text)
  return draft?.slot && `${draft.slot.name} = ${draft.slot.value}`
}

describe('extractByRules', () => {
  it('[M20] makes exact quotations of the user with the place they stand at, for any conversation', () => {
    fc.assert(
      fc.property(fc.oneof(branches, statements), (path) => {
        for (const { sentences, evidence } of extractByRules(path)) {
          expect(evidence.length).toBeGreaterThan(0)
          for (const sentence of sentences) {
            expect(sentence.speaker).toBe('user')
            for (const span of sentence.evidence) {
              const message = path.find(({ id }) => id === span.messageId)
              expect(message?.role).toBe('user')
              expect(message?.text.slice(span.from, span.to)).toBe(sentence.text)
            }
          }
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M20] reads no fact from a question, a supposition, a quoted line, code, or the assistant', () => {
    expect(
      read('Do I live in Rome?', 'If I lived in Rome, I would walk.', '> I live in Rome.', '```\nI live in Rome.\n```'),
    ).toEqual([])
    expect(read('I need help with a text about Rome.', 'I have a question about Paris.')).toEqual([])
    expect(extractByRules(branch('a', [['assistant', 'I live in Rome.']]))).toEqual([])
  })

  it('[M20] knows what a statement is a value of', () => {
    expect(slotOf('I moved to Lisbon last month.')).toBe('user/home = Lisbon')
    expect(slotOf('By the way, I live in Ghent with my dog.')).toBe('user/home = Ghent')
    expect(slotOf("I'm a teacher now.")).toBe('user/job = teacher')
    expect(slotOf('I work for Dockside Yards.')).toBe('user/employer = Dockside Yards')
    expect(slotOf('Call me Al.')).toBe('user/nickname = Al')
    expect(slotOf('call me back later')).toBeUndefined()
    expect(slotOf('My budget for food is 1,900 euros.')).toBe('my budget for food = 1,900 euros')
    expect(slotOf('My favourite tea is oolong.')).toBe('favourite tea = oolong')
    expect(slotOf("I can't stand mushrooms.")).toBe('likes/mushrooms = dislikes')
    expect(slotOf('I moved on to the next topic.')).toBeUndefined()
  })

  it('[M20] cuts a sentence at each new statement, and hears corrections and endings', () => {
    expect(read('My sister is a nurse, and I live in Ghent.').map(({ sentences }) => sentences[0]?.text)).toEqual([
      'My sister is a nurse',
      'I live in Ghent.',
    ])
    expect(read('Actually, my name is Tim.')[0]?.stance).toBe('corrects')
    expect(read('I no longer have a car.')[0]?.stance).toBe('ends')
    expect(read('I sold the boat.')[0]?.stance).toBe('ends')
  })

  it('[M20] a plan is an open loop with its time, what happened an event', () => {
    const [loop] = read('I have a dentist appointment tomorrow.')
    expect(loop).toMatchObject({ kind: 'loop' })
    expect(loop?.durationMs).toBeGreaterThan(day)
    expect(loop?.durationMs).toBeLessThanOrEqual(2 * day)
    expect(read('I am going to travel for two weeks.')[0]).toMatchObject({ kind: 'loop', durationMs: 14 * day })
    expect(read('I went to the museum yesterday.')[0]?.kind).toBe('event')
  })

  it('[M20] adds the class of a thing as a key to find it by', () => {
    expect(read('My brother is a nurse.')[0]?.keys).toEqual(expect.arrayContaining(['job', 'family']))
    expect(read('I am allergic to walnuts.')[0]?.keys).toContain('allergy')
  })
})
