import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { strategiesMarkdown } from './strategies-markdown.ts'

it('docs/strategies.md is what the data say; `npm run docs:strategies` writes it anew', () => {
  expect(readFileSync('docs/strategies.md', 'utf8')).toBe(strategiesMarkdown())
})
