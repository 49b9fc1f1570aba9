import { serveEngine } from '#engine/serve-engine.ts'
import { trustNestedWorkers } from './trust-nested-workers.ts'
import { wllamaProgram } from './wllama-program.ts'

trustNestedWorkers()
serveEngine(wllamaProgram(), self)
