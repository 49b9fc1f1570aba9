import { serveEmbedder } from '#engine/embedder/serve-embedder.ts'
import { trustNestedWorkers } from './trust-nested-workers.ts'
import { wllamaEmbedderProgram } from './wllama-embedder-program.ts'

trustNestedWorkers()
serveEmbedder(wllamaEmbedderProgram(), self)
