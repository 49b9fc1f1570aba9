import { connectEngine } from '#engine/connect-engine.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { serveEngine } from '#engine/serve-engine.ts'
import type { Engine } from '#ports/engine.ts'
import type { Script } from './script.ts'
import { scriptedProgram } from './scripted-program.ts'

/**
 * A deterministic engine for tests, never offered to a user. It speaks the protocol of a real one, keeps a pretended
 * KV cache by longest common prefix, and does what the script says.
 */
export function createScriptedEngine(script: Script = {}): Engine {
  return connectEngine(
    'scripted',
    inProcessWorker((channel) => serveEngine(scriptedProgram(script), channel)),
  )
}
