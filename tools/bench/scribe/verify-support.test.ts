import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSummary } from '#memory/check-summary.ts'
import { draftMemory } from '#memory/draft-memory.ts'
import { parseExtracted } from '#memory/extract-by-model.ts'
import { factSpec } from '#memory/extract-spec.ts'
import { branch, cases, countWords, memory } from '#memory/memory.fixture.ts'
import type { Memory, MemoryOp, Sentence, Span } from '#memory/memory.ts'
import { splitRounds } from '#memory/split-rounds.ts'
import { verifySupport } from './verify-support.ts'

const messages = branch('a', [
  ['user', 'My sister Ana moved to Ghent on 3 May. She has two cats.'],
  ['assistant', 'Paris is the capital of France, 800 km away.'],
  ['user', 'The rent is 700 euros a month. Users say that the assistant asked for 12 mentions.'],
])
const added = (made: Memory): MemoryOp => ({ id: 'op:1', at: 0, cause: { type: 'user' }, type: 'add', memory: made })
const span = (index: number, from: number, to: number): Span => ({
  conversationId: 'conv:a',
  messageId: messages[index]?.id ?? 'msg:none',
  from,
  to,
})
const look = (sentence: Sentence) =>
  verifySupport([added(memory('m', { sentences: [sentence] }))], messages).violations.map((one) => one.split(': ')[1])

describe('verifySupport', () => {
  it.each<[string | undefined, Sentence]>([
    [undefined, { text: 'Ana moved to Ghent', evidence: [span(0, 0, 38)] }],
    [undefined, { text: 'She has two cats.', speaker: 'user', evidence: [span(0, 39, 56)] }],
    ['not word for word', { text: 'She has two dogs.', speaker: 'user', evidence: [span(0, 39, 56)] }],
    ['a number that is not there', { text: 'Ana moved to Ghent on 4 May', evidence: [span(0, 0, 38)] }],
    ['less than half of its words', { text: 'Ana sails boats around Iceland', evidence: [span(0, 0, 38)] }],
    ['evidence outside its message', { text: 'Ana moved to Ghent', evidence: [span(0, 0, 38), span(0, 50, 99)] }],
    ['no evidence', { text: 'Ana moved to Ghent', evidence: [] }],
  ])('finds %s', (why, sentence) => expect(look(sentence)).toEqual(why === undefined ? [] : [why]))

  const word = fc.constantFrom(
    ...messages.flatMap(({ text }) => text.split(' ')),
    'user',
    'said',
    'Mars',
    '9',
    'boats',
    '-',
    '猫',
  )
  const line = fc
    .tuple(fc.constantFrom('- ', '', '1. '), fc.array(word, { maxLength: 9 }))
    .map(([mark, all]) => mark + all.join(' '))
  const output = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

  it('[M13] whatever a model writes, what enters memory is held by its evidence', () => {
    fc.assert(
      fc.property(output, output, (facts, summary) => {
        const { drafts } = parseExtracted(facts, factSpec, splitRounds(messages), 'toy')
        const checked = checkSummary({ output: summary, messages, maxSentences: 6, maxTokens: 60, count: countWords })
        const sentences = checked.verdict === 'rejected' ? [] : checked.sentences
        const made = [...drafts.map((draft) => draftMemory(draft, 0)), memory('s', { kind: 'summary', sentences })]
        expect(verifySupport(made.map(added), messages).violations).toEqual([])
      }),
      { numRuns: cases * 4 },
    )
  })

  it('[M13] a summary that goes on from one before keeps to the evidence of that', () => {
    fc.assert(
      fc.property(output, output, (first, second) => {
        const caps = { maxSentences: 6, maxTokens: 60, count: countWords }
        const check = (text: string, previous: Memory | undefined, part: typeof messages) =>
          checkSummary({ output: text, ...(previous && { previous }), messages: part, older: messages, ...caps })
        const one = check(first, undefined, messages.slice(0, 1))
        if (one.verdict === 'rejected') return
        const previous = memory('s', { kind: 'summary', sentences: one.sentences })
        const two = check(second, previous, messages.slice(1))
        if (two.verdict === 'rejected') return
        expect(verifySupport([added(memory('t', { kind: 'summary', sentences: two.sentences }))], messages).violations).toEqual(
          [],
        )
      }),
      { numRuns: cases * 4 },
    )
  })
})
