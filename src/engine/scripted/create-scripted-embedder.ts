import { connectEmbedder } from '#engine/embedder/connect-embedder.ts'
import type { FromEmbedder, ToEmbedder } from '#engine/embedder/embedder-protocol.ts'
import { serveEmbedder } from '#engine/embedder/serve-embedder.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { type Embedder, embedderBytes } from '#ports/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import { textHash } from '#shared/text-hash.ts'
import { words } from '#shared/text-words.ts'
import { pause } from './pause.ts'

/** What a scripted embedder does besides its work. */
export type EmbedderScript = {
  /** Milliseconds that the load and each text take. */
  readonly loadMs?: number
  readonly embedMs?: number
  /** Words that mean the same as another one. */
  readonly sameAs?: Readonly<Record<string, string>>
  /** What loading rejects with, the first time. */
  readonly loadFails?: EngineError
}

const never = new AbortController().signal

/** A deterministic embedder for tests, never offered to a user: a text's vector counts its words, each in a place of its own. */
export function createScriptedEmbedder({ loadMs = 0, embedMs = 0, sameAs = {}, loadFails }: EmbedderScript = {}): Embedder {
  let dimensions = 0
  let failure = loadFails
  const program: Parameters<typeof serveEmbedder>[0] = {
    async load(model, onProgress, signal) {
      const totalBytes = embedderBytes(model)
      onProgress({ type: 'download', doneBytes: 0, totalBytes })
      await pause(loadMs, signal)
      if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
      if (failure) {
        const error = failure
        failure = undefined
        throw error
      }
      onProgress({ type: 'download', doneBytes: totalBytes, totalBytes })
      onProgress({ type: 'prepare' })
      dimensions = model.dimensions
    },
    async embed(text) {
      await pause(embedMs, never)
      const counts = Array.from({ length: dimensions }, (): number => 0)
      for (const { text: word } of words(text)) {
        const place = Number.parseInt(textHash(sameAs[word] ?? word).slice(0, 8), 16) % dimensions
        counts[place] = (counts[place] ?? 0) + 1
      }
      // A text of nothing but signs still has a vector, as with a real model.
      if (!counts.some((count) => count > 0)) counts[0] = 1
      return counts
    },
  }
  return connectEmbedder(inProcessWorker<ToEmbedder, FromEmbedder>((channel) => serveEmbedder(program, channel)))
}
