import { connectEngine } from '#engine/connect-engine.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { serveEngine } from '#engine/serve-engine.ts'
import type { Engine } from '#ports/engine.ts'
import { browserProgram } from './browser-program.ts'
import type { PromptApi } from './prompt-api.ts'

/** The browser's own model. It runs wherever the browser runs it; the API is offered to pages alone, so that there is no worker. */
export function createBrowserEngine(api: PromptApi): Engine {
  const program = browserProgram(api)
  const worker = inProcessWorker((channel) => serveEngine(program, channel))
  const { terminate } = worker
  worker.terminate = () => {
    terminate()
    void program.unload()
  }
  return connectEngine('browser', worker)
}
