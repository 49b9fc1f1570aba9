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
    const { drafts, calls } = parse(
      '1 | sister | The user’s sister Ana moved to Ghent on 3 May | 3 May\n2 | rent | The rent is 700 euros | -',
    )
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
      '2 | rent | The rent is 900 euros | -',
      '1 | capital | Paris is the capital of France | -',
      '9 | rent | The rent is 700 euros | -',
      'Ana moved to Ghent',
    ]
    expect(parse(bad.join('\n'))).toEqual({ drafts: [], calls: { asked: 1, parsed: 1, lines: 4, dropped: 4 } })
    expect(parse('I am sorry, I cannot do that.').calls).toEqual({ asked: 1, parsed: 0, lines: 1, dropped: 1 })
    expect(parse('none').calls).toEqual({ asked: 1, parsed: 1, lines: 0, dropped: 0 })
  })

  it('[M21] whatever a model writes, what enters has evidence in words of the user', () => {
    const line = fc.tuple(
      fc.constantFrom('1', '2', '7', 'x', ''),
      fc.constantFrom('Ana moved to Ghent', 'rent is 700 euros', 'Mars has 9 moons', '', 'two cats', '猫が好きです'),
      fc.constantFrom('-', 'May', '| |'),
    )
    fc.assert(
      fc.property(
        branches,
        fc.array(
          fc.oneof(
            line.map(([n, text, date]) => `${n} | it | ${text} | ${date}`),
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

  it('asks for a few rounds a call, in numbered lines', async () => {
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
    expect(asked[2]).toContain('[1] User: I have 8 cats.')
    expect(extractPrompt(factSpec, rounds).user).toContain('`round | about | text | date or -`')
  })

  it('leaves the user’s own words where both say the same', () => {
    const told = extractByRules(branch('a', [['user', 'I moved to Porto.']]))
    const said = branch('a', [['user', 'I moved to Porto.']])
    const { drafts } = parseExtracted('1 | home | The user moved to Porto | -', factSpec, splitRounds(said), 'toy')
    expect(drafts).toHaveLength(1)
    expect(withoutTold(drafts, said, told)).toEqual([])
  })
})
