import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { extractSummary } from './extract-summary.ts'
import { foldLevels } from './fold-levels.ts'
import { branch, branches, cases, countWords, memory } from './memory.fixture.ts'
import type { Memory, Sentence } from './memory.ts'
import { renderSentences } from './render-sentences.ts'

const caps = { maxSentences: 8, maxTokens: 200, count: countWords }
const summaryOf = (sentences: readonly Sentence[], level = 0): Memory =>
  memory(`s${level}`, { kind: 'summary', sentences, level, text: renderSentences(sentences) })

describe('extractSummary', () => {
  it('[M9] every sentence is what its message says at its span, through several passes', () => {
    fc.assert(
      fc.property(fc.array(branches, { minLength: 1, maxLength: 3 }), (passes) => {
        let previous: Memory | undefined
        const said = new Map<string, Message>()
        for (const [pass, path] of passes.entries()) {
          const messages = branch(
            'a',
            path.map(({ role, text }) => [role, text] as const),
            [],
            `p${pass}`,
          )
          for (const message of messages) said.set(message.id, message)
          const { sentences, fallen } = extractSummary({ ...(previous && { previous }), messages, ...caps })
          for (const { text, evidence, speaker } of [...sentences, ...fallen]) {
            expect(evidence).toHaveLength(1)
            const message = said.get(evidence[0]?.messageId ?? '')
            expect(message?.text.slice(evidence[0]?.from, evidence[0]?.to)).toBe(text)
            expect(speaker).toBe(message?.role)
          }
          previous = summaryOf(sentences)
        }
      }),
      { numRuns: Math.ceil(cases / 2) },
    )
  })

  it('[M12] the caps hold, and the tokens told are those of the rendered text', () => {
    fc.assert(
      fc.property(
        branches,
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 60 }),
        (messages, maxSentences, maxTokens) => {
          const { sentences, tokens } = extractSummary({ messages, maxSentences, maxTokens, count: countWords })
          expect(sentences.length).toBeLessThanOrEqual(maxSentences)
          expect(tokens).toBe(countWords(renderSentences(sentences)))
          expect(tokens).toBeLessThanOrEqual(maxTokens)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M2] pinned sentences stay whatever comes', () => {
    fc.assert(
      fc.property(branches, (messages) => {
        const pinned = branch('b', [
          ['user', 'Never call me before nine.'],
          ['user', 'hm'],
        ]).map(
          ({ text, id, conversationId }): Sentence => ({
            text,
            speaker: 'user',
            evidence: [{ conversationId, messageId: id, from: 0, to: text.length }],
          }),
        )
        const { sentences } = extractSummary({ previous: summaryOf(pinned.slice(0, 1)), messages, pinned, ...caps })
        for (const one of pinned) expect(sentences).toContainEqual(one)
      }),
      { numRuns: cases },
    )
  })

  it('[M6] what the user said goes before what the assistant says again', () => {
    const messages = branch('a', [
      ['user', 'My daughter Mira starts school in Leuven on 1 September.'],
      ['assistant', 'Your daughter Mira starts school in Leuven on 1 September, how exciting!'],
    ])
    const { sentences } = extractSummary({ messages, ...caps })
    expect(sentences.map(({ speaker }) => speaker)).toEqual(['user'])
  })

  it('takes words that were said again and again once', () => {
    const messages = branch('a', [
      ['user', 'It rained. '.repeat(9)],
      ['user', 'It rained. I sailed to Oslo on 3 May.'],
    ])
    const texts = extractSummary({ messages, ...caps }).sentences.map(({ text }) => text)
    expect(texts).toEqual(['It rained.', 'I sailed to Oslo on 3 May.'])
  })

  it('takes facts, dates and decisions and leaves greetings, thanks and code', () => {
    const messages = branch('a', [
      ['user', 'Hello there! How are you?'],
      ['assistant', 'I am fine, thanks. How can I help?'],
      ['user', 'I decided to sell the car. The buyer, Mr. Peeters, pays 4,200 euros on 12 June. Thanks a lot!'],
      ['assistant', 'Great!\n\n```sh\nrm -rf build 2024\n```\n'],
      ['user', 'Okay. Sure.'],
    ])
    const { sentences } = extractSummary({ messages, ...caps, maxSentences: 2 })
    expect(sentences.map(({ text }) => text)).toEqual([
      'I decided to sell the car.',
      'The buyer, Mr. Peeters, pays 4,200 euros on 12 June.',
    ])
    const all = extractSummary({ messages, ...caps }).sentences.map(({ text }) => text)
    expect(all.join(' ')).not.toContain('rm -rf')
  })

  it('[M11] a sentence that lost its place is reported unless another says the same', () => {
    const previous = summaryOf(
      extractSummary({ messages: branch('b', [['user', 'My name is Ilse. I collect 40 old radios.']]), ...caps }).sentences,
    )
    const messages = branch('a', [['user', 'I am moving to Oslo on 3 March. My boss Henrik pays the flight, 300 euros.']])
    const { sentences, fallen } = extractSummary({ previous, messages, ...caps, maxSentences: 2 })
    const kept = new Set([...sentences, ...fallen].map(({ text }) => text))
    for (const { text } of previous.sentences) expect(kept.has(text)).toBe(true)
  })
})

describe('foldLevels', () => {
  const quote = (text: string, index: number): Sentence => ({
    text,
    speaker: 'user',
    evidence: [{ conversationId: 'conv:a', messageId: `msg:${index}`, from: 0, to: text.length }],
  })

  it('[M11] what falls is on some level or named as lost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 12 }),
        (many, maxLevels, maxSentences) => {
          const fallen = Array.from({ length: many }, (_, index) =>
            quote(`Box ${index}x${index} holds item${index} of kind${index}.`, index),
          )
          const { levels, lost } = foldLevels({
            fallen,
            above: [],
            maxLevels,
            maxSentences,
            maxTokens: 10_000,
            count: countWords,
          })
          const found = [...levels.flatMap(({ sentences }) => sentences), ...lost].map(({ text }) => text).sort()
          expect(found).toEqual(fallen.map(({ text }) => text).sort())
          expect(levels.every(({ sentences }) => sentences.length <= maxSentences)).toBe(true)
          expect(levels.length).toBeLessThanOrEqual(maxLevels)
        },
      ),
      { numRuns: cases },
    )
  })

  it('takes in beside what the level held already', () => {
    const above = [summaryOf([quote('Ana lives in Ghent since 2019.', 1)], 1)]
    const { levels } = foldLevels({ fallen: [quote('Tom is 3 years old.', 2)], above, maxLevels: 2, ...caps })
    expect(levels).toMatchObject([{ level: 1, previous: { id: 'mem:s1' } }])
    expect(levels[0]?.sentences.map(({ text }) => text)).toEqual(['Ana lives in Ghent since 2019.', 'Tom is 3 years old.'])
  })
})
