import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractByModel, extractPrompt, parseExtracted, withoutTold } from './extract-by-model.ts'
import { extractByRules } from './extract-by-rules.ts'
import { factSpec } from './extract-spec.ts'
import { branch, branches, cases } from './memory.fixture.ts'
import { splitRounds } from './split-rounds.ts'

const path = branch('a', [
  ['user', 'My sister Ana moved to Ghent on 3 May. She has two cats.'],
  ['assistant', 'Paris is the capital of France.'],
  ['user', 'The rent is 700 euros a month.'],
])
const rounds = splitRounds(path)
const parse = (output: string) => parseExtracted(output, factSpec, rounds, 'toy')

describe('extract by a model', () => {
  it('[M21] a line enters with the sentences of the user that hold it', () => {
    const { drafts, calls } = parse('- The user’s sister Ana moved to Ghent on 3 May\n- The rent is 700 euros')
    expect(drafts.map(({ sentences }) => sentences[0]?.text)).toEqual([
      'The user’s sister Ana moved to Ghent on 3 May',
      'The rent is 700 euros',
    ])
    expect(drafts[0]?.evidence).toEqual([{ conversationId: 'conv:a', messageId: path[0]?.id, from: 0, to: 38 }])
    expect(drafts[0]?.keys).toContain('family')
    expect(calls).toEqual({ asked: 1, parsed: 1, lines: 2, dropped: 0 })
  })

  it('[M21] what is not in the form, invented, or only the assistant’s is dropped and counted', () => {
    const bad = [
      '- The rent is 900 euros',
      '- Paris is the capital of France',
      '- Ana moved on 700 May',
      'Ana moved to Ghent',
      `- Ana ${'moved '.repeat(40)}to Ghent`,
    ]
    expect(parse(bad.join('\n'))).toEqual({
      drafts: [],
      calls: { asked: 1, parsed: 1, lines: 5, dropped: 5, why: { unsupported: 3, form: 2 } },
    })
    expect(parse('I am sorry, I cannot do that.').calls).toEqual({
      asked: 1,
      parsed: 0,
      lines: 1,
      dropped: 1,
      why: { form: 1 },
    })
    for (const none of ['none', '- none', 'None.'])
      expect(parse(none).calls).toEqual({ asked: 1, parsed: 1, lines: 0, dropped: 0 })
  })

  it('[M21] the same line twice enters once, and more lines than were asked for do not enter', () => {
    const twice = '- The rent is 700 euros\n- The rent is 700 euros'
    expect(parse(twice)).toMatchObject({ drafts: [{ kind: 'fact' }], calls: { dropped: 1, why: { repeated: 1 } } })
    const many = ['Ana', 'sister', 'cats', 'rent', 'euros', 'month', 'Ghent', 'May', 'moved', 'two'].map((word) => `- ${word}`)
    expect(parse(many.join('\n'))).toMatchObject({ calls: { lines: 10, dropped: 2, why: { 'no-room': 2 } } })
  })

  it('[M21] the conversation written on, a question, and words in the first person are no facts', () => {
    const output = [
      '- 1. User (Ana): The rent is 700 euros',
      '- What is the rent?',
      '- My sister Ana moved to Ghent',
      '- The rent is mine',
    ]
    expect(parse(output.join('\n'))).toMatchObject({
      drafts: [{}],
      calls: { parsed: 1, dropped: 3, why: { copied: 1, form: 2 } },
    })
  })

  it('[M21] whatever a model writes, what enters has evidence in words of the user', () => {
    const line = fc.tuple(
      fc.constantFrom('- ', '* ', '2. ', 'x', ''),
      fc.constantFrom('Ana moved to Ghent', 'rent is 700 euros', 'Mars has 9 moons', '', 'two cats', '猫が好きです'),
      fc.constantFrom('', ' in May', ' | -'),
    )
    fc.assert(
      fc.property(
        branches,
        fc.array(
          fc.oneof(
            line.map(([mark, text, more]) => `${mark}${text}${more}`),
            fc.string(),
          ),
          { maxLength: 12 },
        ),
        (any, lines) => {
          const { drafts, calls } = parseExtracted(lines.join('\n'), factSpec, splitRounds(any), 'toy')
          expect(drafts.length).toBeLessThanOrEqual(factSpec.cap)
          expect(calls.lines - calls.dropped).toBe(drafts.length)
          for (const { evidence } of drafts) {
            expect(evidence.length).toBeGreaterThan(0)
            for (const span of evidence) expect(any.find(({ id }) => id === span.messageId)?.role).toBe('user')
          }
        },
      ),
      { numRuns: cases },
    )
  })

  it('asks for a few rounds a call; what does not fit is asked for in smaller parts, or passed over', async () => {
    const asked: string[] = []
    const many = splitRounds(
      branch(
        'a',
        Array.from({ length: 9 }, (_, index) => ['user', `I have ${index} cats.`] as const),
      ),
    )
    const ask = async ({ user }: { user: string }) => {
      asked.push(user)
      return 'none'
    }
    expect((await extractByModel({ spec: factSpec, rounds: many, modelId: 'toy', ask })).calls.asked).toBe(3)
    expect(asked[2]).toContain('===\nUser: I have 8 cats.\n===')
    asked.length = 0
    const fits = ({ user }: { user: string }) => !user.includes('7 cats') && user.split('\nUser:').length <= 3
    await extractByModel({ spec: factSpec, rounds: many, modelId: 'toy', ask, fits })
    const shown = asked.map((user) => user.match(/\d cats/g)?.join())
    expect(shown).toEqual(['0 cats,1 cats', '2 cats,3 cats', '4 cats,5 cats', '6 cats', '8 cats'])
    expect(extractPrompt(factSpec, rounds).begun).toBe('- The user')
  })

  it('leaves the user’s own words where both say the same', () => {
    const told = extractByRules(branch('a', [['user', 'I moved to Porto.']]))
    const said = branch('a', [['user', 'I moved to Porto.']])
    const { drafts } = parseExtracted('- The user moved to Porto', factSpec, splitRounds(said), 'toy')
    expect(drafts).toHaveLength(1)
    expect(withoutTold(drafts, said, told)).toEqual([])
  })
})
