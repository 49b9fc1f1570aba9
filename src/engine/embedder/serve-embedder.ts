import { oneAtATime } from '#engine/one-at-a-time.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import { EngineError, type LoadProgress } from '#ports/engine.ts'
import type { FromEmbedder, ToEmbedder } from './embedder-protocol.ts'

/** A model in a worker: how it is loaded, and what one text's vector is. */
export type EmbedderProgram = {
  /** Frees what was loaded before. */
  load(model: EmbedderModel, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void>
  /** Of any length; undefined for a text without words. */
  embed(text: string): Promise<ArrayLike<number> | undefined>
}

/** The part of a worker's global scope that serving needs. */
export type EmbedderChannel = {
  postMessage(message: FromEmbedder): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToEmbedder>) => void): void
}

/** Runs inside a worker: answers the page's requests with `program`, one after the other. */
export function serveEmbedder(program: EmbedderProgram, channel: EmbedderChannel): void {
  const gate = oneAtATime()
  const aborts = new Map<number, AbortController>()
  let loaded = false

  async function work(message: Exclude<ToEmbedder, { type: 'abort' }>, signal: AbortSignal): Promise<FromEmbedder> {
    const { call } = message
    if (message.type === 'load') {
      loaded = false
      await program.load(message.model, (progress) => channel.postMessage({ type: 'load-progress', call, progress }), signal)
      loaded = true
      return { type: 'loaded', call }
    }
    if (!loaded) throw new EngineError('not-loaded', 'No embedder is loaded.')
    const vectors: (Float32Array | undefined)[] = []
    for (const text of message.texts) {
      if (signal.aborted) throw cancelled()
      const vector = text.trim() === '' ? undefined : await program.embed(text)
      vectors.push(vector && unit(vector))
    }
    return { type: 'vectors', call, vectors }
  }

  async function answer(message: Exclude<ToEmbedder, { type: 'abort' }>): Promise<void> {
    const { call } = message
    const controller = new AbortController()
    aborts.set(call, controller)
    const leave = await gate.enter(controller.signal)
    try {
      if (!leave) throw cancelled()
      channel.postMessage(await work(message, controller.signal))
    } catch (error) {
      const type = error instanceof EngineError ? error.type : 'internal'
      if (type === 'worker-crashed' || type === 'out-of-memory') loaded = false
      channel.postMessage({
        type: 'failed',
        call,
        error: { type, message: error instanceof Error ? error.message : String(error) },
      })
    } finally {
      leave?.()
      aborts.delete(call)
    }
  }

  channel.addEventListener('message', ({ data }) => {
    if (data.type === 'abort') aborts.get(data.call)?.abort()
    else void answer(data)
  })
}

const cancelled = () => new EngineError('aborted', 'Cancelled.')

/** The same direction, one long; undefined where there is no direction. */
function unit(vector: ArrayLike<number>): Float32Array | undefined {
  const values = Float32Array.from(vector)
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return length > 0 && Number.isFinite(length) ? values.map((value) => value / length) : undefined
}
