import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { modelsMarkdown } from './models-markdown.ts'

it('docs/models.md is what the catalogue and the planner say; `npm run docs:models` writes it anew', () => {
  expect(readFileSync('docs/models.md', 'utf8')).toBe(modelsMarkdown())
})
