import { describe, expect, test } from 'vitest'
import { capNesting, maxNesting } from './cap-nesting.ts'

describe('capNesting', () => {
  test('leaves ordinary Markdown as it is', () => {
    const text = '> a\n> > b\n\n- one\n  - two\n\n1. x\n\n***\n\n- - -\n\n---'
    expect(capNesting(text)).toBe(text)
  })
  test('drops quote marks beyond the deepest that is drawn', () => {
    const capped = capNesting(`${'>'.repeat(20_000)} end`)
    expect(capped.match(/>/g)).toHaveLength(maxNesting)
    expect(capped.endsWith(' end')).toBe(true)
  })
  test('drops list marks beyond it, mixed with quotes', () => {
    expect(capNesting(`${'- > '.repeat(400)}end`).match(/[->]/g)).toHaveLength(maxNesting)
    expect(capNesting(`${'1. '.repeat(400)}end`).match(/1\./g)).toHaveLength(maxNesting)
  })
  test('leaves code between fences alone', () => {
    const code = `\`\`\`\n${'>'.repeat(100)}\n\`\`\``
    expect(capNesting(code)).toBe(code)
    expect(capNesting(`${code}\n${'>'.repeat(100)}`).endsWith(`\n${'>'.repeat(maxNesting)}`)).toBe(true)
  })
})
