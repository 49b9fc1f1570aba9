import { createLexicalIndex } from '#memory/lexical-index.ts'
import { serveRetrieval } from './serve-retrieval.ts'

serveRetrieval(createLexicalIndex(), self)
