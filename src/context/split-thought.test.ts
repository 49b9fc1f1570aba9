import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insideThought, splitThought } from './split-thought.ts'

const marks = { open: '<think>\n', close: '</think>' }

describe('[C46] a thought and its answer', () => {
  it('joined are what was written, however it is cut', () => {
    const piece = fc.constantFrom('</think>', '</thi', 'nk>', '\n\n', ' word', '<think>', '雨')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const written = pieces.join('')
        const { thought, end, text } = splitThought(written, marks, false)
        expect(thought + end + text).toBe(written)
        expect(thought).not.toContain('</think>')
        expect(text).toBe(text.trimStart())
        // While it goes on nothing is shown that is taken back later.
        for (let length = 0; length <= written.length; length++) {
          const sofar = splitThought(written.slice(0, length), marks, true)
          expect(thought.startsWith(sofar.thought)).toBe(true)
          expect(text.startsWith(sofar.text)).toBe(true)
        }
      }),
    )
  })

  it('a prompt ends within a thought where one is open', () => {
    expect(insideThought(marks, '<|im_start|>assistant\n<think>\n')).toBe(true)
    expect(insideThought(marks, '<|im_start|>assistant\n<think>\nHm')).toBe(true)
    expect(insideThought(marks, '<|im_start|>assistant\n<think>\n\n</think>\n\n')).toBe(false)
    expect(insideThought(marks, '<|im_start|>assistant\n')).toBe(false)
    expect(insideThought(undefined, '<think>\n')).toBe(false)
  })
})
