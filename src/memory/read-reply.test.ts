import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cases } from './memory.fixture.ts'
import { type ReadMode, readModes } from './read-modes.ts'
import { readReply } from './read-reply.ts'

const refs = new Set(['R1', 'R2'])
const modes = Object.keys(readModes) as ReadMode[]

it('[M30] reads each mode in its form', () => {
  expect(readReply('notes-first', 'Notes:\n- Tea at four [R1]\nAnswer:\nAt four.', refs)).toMatchObject({
    parsed: true,
    notes: ['Tea at four [R1]'],
    answer: 'At four.',
    citations: [{ ref: 'R1' }],
  })
  expect(readReply('recollect', 'So far: we spoke of tea.\nAt four.', refs)).toMatchObject({
    notes: ['we spoke of tea.'],
    answer: 'At four.',
  })
  expect(readReply('cite', 'At four [R1], not five [R7].', refs).citations).toEqual([{ ref: 'R1' }])
  expect(readReply('quote', 'You said “tea at four” [R2].', refs).citations).toEqual([{ ref: 'R2', quote: 'tea at four' }])
  expect(readReply('two-call', 'none', refs)).toMatchObject({ parsed: true, notes: [] })
  expect(readReply('plan-write', '1 | How it began | 80\n2 | How it ended | 60', refs).notes).toHaveLength(2)
  expect(readReply('clarify', 'Which tea do you mean?', refs).asks).toBe(true)
  expect(readReply('abstain', 'I do not know that.', refs).abstains).toBe(true)
})

it('[M30] whatever a model writes: what cannot be read is all answer, and no item is cited that was not there', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...modes),
      fc
        .array(
          fc.constantFrom('Notes:', 'Answer:', 'So far:', '\n', '[R1]', '[R9]', '"tea', '”', 'none', '1 | a | 2', '?', ' tea '),
          { maxLength: 9 },
        )
        .map((pieces) => pieces.join('')),
      (mode, text) => {
        const read = readReply(mode, text, refs)
        if (!read.parsed) expect(read).toMatchObject({ answer: text, notes: [], citations: [] })
        expect(read.citations.every(({ ref }) => refs.has(ref))).toBe(true)
        for (const note of read.notes) expect(text).toContain(note)
        expect(text).toContain(read.answer)
      },
    ),
    { numRuns: cases },
  )
})
