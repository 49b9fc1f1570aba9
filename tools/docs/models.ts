/** Writes docs/models.md. */
import { writeFileSync } from 'node:fs'
import { modelsMarkdown } from './models-markdown.ts'

writeFileSync('docs/models.md', modelsMarkdown())
