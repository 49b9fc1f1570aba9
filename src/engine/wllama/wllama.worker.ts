import { serveEngine } from '#engine/serve-engine.ts'
import { trustNestedWorkers } from './trust-nested-workers.ts'
import { wllamaProgram } from './wllama-program.ts'

trustNestedWorkers()
serveEngine(
  wllamaProgram(async (files, onProgress) => {
    const blobs = new Map<string, Blob>()
    onProgress({ type: 'download', doneBytes: 0, totalBytes: 1 })
    for (const file of files) blobs.set(file.url, await (await fetch(file.url)).blob())
    return blobs
  }),
  self,
)
