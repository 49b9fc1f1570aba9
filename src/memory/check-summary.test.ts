import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { checkSummary } from './check-summary.ts'
import { branch, branches, cases, countWords, memory, span } from './memory.fixture.ts'
import type { Sentence } from './memory.ts'
import { summaryPrompt } from './summary-prompt.ts'

const messages = branch('a', [
  ['user', 'I am Ilse and I moved from Ghent to Oslo on 3 March for a job at a shipyard.'],
  ['assistant', 'Congratulations! Would you like tips for settling in Oslo?'],
  ['user', 'Yes. My budget for furniture is 1500 euros and I need a desk first.'],
  ['assistant', 'Second-hand shops in Grünerløkka have good desks for about 100 euros.'],
])
const caps = { maxSentences: 6, maxTokens: 120, count: countWords }
const good =
  '- Ilse moved from Ghent to Oslo on 3 March to work at a shipyard.\n- Her furniture budget is 1500 euros; she needs a desk first.'

describe('checkSummary', () => {
  it('[M13] takes a good summary as it is, with evidence for every line', () => {
    const checked = checkSummary({ output: good, messages, ...caps })
    if (checked.verdict === 'rejected') throw new Error(checked.faults.join())
    expect(checked.verdict).toBe('accepted')
    expect(checked.sentences.map(({ text }) => text)).toEqual(good.split('\n').map((line) => line.slice(2)))
    expect(checked.sentences.map(({ evidence }) => evidence.map(({ messageId }) => messageId))).toEqual([
      ['msg:a-0000'],
      ['msg:a-0002'],
    ])
  })

  it('[M13] leaves out lines that the conversation does not support, and numbers that nobody said', () => {
    const output = `${good}\n- She plays the violin in an orchestra on weekends.\n- Her furniture budget is 2500 euros.`
    const checked = checkSummary({ output, messages, ...caps })
    expect(checked).toMatchObject({ verdict: 'repaired', faults: ['unsupported-lines'] })
    expect(checked.droppedLines).toHaveLength(2)
  })

  it.each([
    ['empty', ''],
    ['empty', 'Here is the memory:'],
    ['unsupported-lines', 'The weather in Lisbon was stormy all week.'],
    ['copied', 'User: I am Ilse\nAssistant: Congratulations!\nUser: Yes.'],
    ['copied', messages.map(({ text }) => text).join('\n')],
  ])('[M13] rejects what is %s: %s', (fault, output) => {
    const checked = checkSummary({ output, messages, ...caps })
    expect(checked.verdict).toBe('rejected')
    expect(checked.faults).toContain(fault)
  })

  const old = memory('old', {
    kind: 'summary',
    sentences: [
      { text: 'Bram keeps bees on a roof in Utrecht since 2019.', evidence: [span('1')] },
      { text: 'His sister Noor paints portraits of sailors.', evidence: [span('2')] },
    ],
  })

  it('[M13] rejects a summary that forgot the old one without need', () => {
    expect(checkSummary({ output: good, previous: old, messages, ...caps })).toMatchObject({
      verdict: 'rejected',
      faults: ['lost-old-memory'],
    })
    const forced = checkSummary({ output: good, previous: old, messages, ...caps, maxSentences: 2 })
    expect(forced.verdict).toBe('accepted')
    expect(forced.verdict !== 'rejected' && forced.fallen).toEqual(old.sentences)
  })

  it('[M3] a line carried over takes the evidence of the old one along', () => {
    const output = `Bram has kept bees on a roof in Utrecht since 2019.\nNoor, his sister, paints portraits of sailors.\n${good}`
    const older = old.sentences.map(({ text, evidence }, index): Message => {
      const id = evidence[0]?.messageId ?? 'msg:none'
      return { id, conversationId: 'conv:a', role: 'user', text, createdAt: index, status: 'complete' }
    })
    const whole = old.sentences.map((one, index) => ({ ...one, evidence: [span(`${index + 1}`, 0, one.text.length)] }))
    const checked = checkSummary({ output, previous: { ...old, sentences: whole }, older, messages, ...caps })
    expect(checked.verdict !== 'rejected' && checked.sentences[0]?.evidence).toEqual(whole[0]?.evidence)
  })

  it('[M13] what a version said beyond its evidence is no source for the next; word for word it goes on', () => {
    const [first] = messages
    const said = { text: 'Ilse moved to Oslo with three dogs and a parrot.', evidence: [span('a-0000', 0, first?.text.length)] }
    const previous = memory('s', { kind: 'summary', sentences: [said] })
    const next = (output: string) => checkSummary({ output, previous, older: messages, messages: messages.slice(2), ...caps })
    expect(next(said.text)).toMatchObject({ sentences: [said], droppedLines: [] })
    expect(next('Three dogs and a parrot.').droppedLines).toEqual(['Three dogs and a parrot.'])
  })

  it('takes "unchanged" as the old summary, where there is one', () => {
    expect(checkSummary({ output: 'Unchanged.\n', previous: old, messages, ...caps })).toMatchObject({
      verdict: 'accepted',
      sentences: old.sentences,
    })
    expect(checkSummary({ output: 'unchanged', messages, ...caps }).verdict).toBe('rejected')
  })

  it('[M2] puts pinned sentences back', () => {
    const pinned: readonly Sentence[] = [{ text: 'Never call before nine.', evidence: [span('4')] }]
    const checked = checkSummary({ output: good, messages, pinned, ...caps })
    expect(checked).toMatchObject({ verdict: 'repaired', faults: ['pinned-missing'] })
    expect(checked.verdict !== 'rejected' && checked.sentences).toContainEqual(pinned[0])
  })

  it('leaves out repeated lines and cuts to the caps', () => {
    const line = 'Ilse moved from Ghent to Oslo on 3 March to work at a shipyard.'
    expect(checkSummary({ output: `${line}\n${line}\n${line}`, messages, ...caps })).toMatchObject({
      faults: ['repeated-lines'],
      sentences: [{ text: line }],
    })
    const cut = checkSummary({ output: good, messages, ...caps, maxSentences: 1 })
    expect(cut).toMatchObject({ verdict: 'repaired', faults: ['over-the-cap'] })
  })

  it('[M13] whatever a model writes, what enters has evidence in what it was given, within the caps', () => {
    const ramblings = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'Ana moved to Ghent.',
          'There are 2 cats.',
          'The rent is 700 euros.',
          'unchanged',
          '1. My sister Ana, 3 May',
          '\n\n',
        ),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(branches, ramblings, fc.integer({ min: 1, max: 6 }), (path, lines, maxSentences) => {
        const checked = checkSummary({ output: lines.join('\n'), messages: path, ...caps, maxSentences })
        if (checked.verdict === 'rejected') return
        expect(checked.sentences.length).toBeLessThanOrEqual(maxSentences)
        for (const { evidence } of checked.sentences) {
          expect(evidence.length).toBeGreaterThan(0)
          for (const { messageId, from, to } of evidence) {
            const text = path.find(({ id }) => id === messageId)?.text ?? ''
            expect(0 <= from && from < to && to <= text.length).toBe(true)
          }
        }
      }),
      { numRuns: cases },
    )
  })
})

describe('summaryPrompt', () => {
  it('[M5] holds every message whole, the old memory and what must stay', () => {
    const previous = memory('old', { kind: 'summary' })
    const pinned: readonly Sentence[] = [{ text: 'Never call before nine.', evidence: [span('4')] }]
    const { user } = summaryPrompt({ previous, messages, pinned, maxSentences: 9 })
    for (const { text } of [...messages, ...previous.sentences, ...pinned]) expect(user).toContain(text)
    expect(user).toContain('at most 9 sentences')
    expect(summaryPrompt({ messages, maxSentences: 9 }).user).not.toContain('unchanged')
  })
})
