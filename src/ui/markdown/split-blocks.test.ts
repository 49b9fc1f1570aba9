import { describe, expect, test } from 'vitest'
import { splitBlocks } from './split-blocks.ts'

const paragraphs = 'First **one**.\n\nSecond.\n\n```js\nlet a = 1\n'

describe('splitBlocks', () => {
  test('finished blocks stay the same while the reply grows, so that they are drawn once', () => {
    const before = splitBlocks(paragraphs, true)
    const after = splitBlocks(`${paragraphs}let b = 2\n`, true)
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
    expect(after.map(({ open }) => open)).toEqual([false, false, true])
  })
  test('closes unfinished syntax at the end of a streaming reply only', () => {
    expect(splitBlocks('this is **bo', true).at(-1)?.text).toBe('this is **bo**')
    expect(splitBlocks('this is **bo', false).at(-1)?.text).toBe('this is **bo')
  })
  test.each([
    ['20,000 quote marks', '>'.repeat(20_000)],
    ['nested lists', '- '.repeat(20_000)],
    ['deep indentation', Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['carriage returns', 'a\r\n\r\nb'],
    ['nothing', ''],
  ])('takes %s', (_name, text) => {
    expect(() => splitBlocks(text, true)).not.toThrow()
  })
  test.each([
    ['broken emphasis', '*a**a'.repeat(4_000)],
    ['open brackets', '['.repeat(20_000)],
    ['a very long paragraph', 'word '.repeat(20_000)],
  ])('shows %s as plain text', (_name, text) => {
    const blocks = splitBlocks(text, false)
    expect(blocks.some(({ plain }) => plain)).toBe(true)
    expect(blocks.map((block) => block.text).join('')).toBe(text)
  })
  test('long code is still code', () => {
    expect(splitBlocks(`\`\`\`\n${'a = [1]\n'.repeat(5_000)}\`\`\``, false).every(({ plain }) => !plain)).toBe(true)
  })
})
