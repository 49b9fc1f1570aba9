/** Writes docs/strategies.md. */
import { writeFileSync } from 'node:fs'
import { strategiesMarkdown } from './strategies-markdown.ts'

writeFileSync('docs/strategies.md', strategiesMarkdown())
