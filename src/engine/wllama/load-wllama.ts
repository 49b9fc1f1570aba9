import { type LoadModelParams, LoggerWithoutDebug, Wllama, WllamaError } from '@wllama/wllama/esm/index.js'
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url'
import { EngineError } from '#ports/engine.ts'
import { unlessFailed } from '#shared/unless-failed.ts'

export type LoadedWllama = {
  readonly wllama: Wllama
  /** Work of it, or `worker-crashed` as soon as wllama's worker breaks down: wllama leaves whoever called it waiting for ever. */
  unlessBroken<T>(work: Promise<T>): Promise<T>
}

/** Loads a GGUF file into a wllama of its own, on the CPU. Rejects with EngineError, and then nothing is left running. */
export async function loadWllama(
  file: Blob,
  parameters: LoadModelParams & { readonly n_ctx: number },
  signal: AbortSignal,
): Promise<LoadedWllama> {
  const complaints: string[] = []
  let giveUp: (error: EngineError) => void = () => {}
  const broken = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const unlessBroken = unlessFailed(broken)
  const note = (...parts: unknown[]) => {
    complaints.push(parts.map(words).join(' '))
    complaints.splice(0, complaints.length - 4)
    if (parts[0] instanceof Event)
      giveUp(new EngineError('worker-crashed', `The engine's worker could not run: ${complaints.at(-1)}`))
  }
  const abort = () => giveUp(new EngineError('aborted', 'Loading was cancelled.'))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  const wllama = new Wllama(
    { default: wasmUrl },
    { logger: { ...LoggerWithoutDebug, log: () => {}, warn: () => {}, error: note } },
  )
  // Without this, a browser that lacks a feature would be served code from a public host.
  wllama.setCompat(null)
  try {
    const loading = wllama.loadModel([file], { n_gpu_layers: 0, warmup: false, ...parameters })
    await unlessBroken(loading)
    const { n_vocab, n_ctx } = wllama.getLoadedContextInfo()
    // A failed load resolves like a good one.
    if (!(n_vocab > 0) || n_ctx < parameters.n_ctx) throw new WllamaError('The weights could not be loaded.', 'load_error')
    return { wllama, unlessBroken }
  } catch (error) {
    await wllama.exit()
    throw error instanceof EngineError ? error : loadError(error, complaints)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function words(thing: unknown): string {
  if (thing instanceof Error || thing instanceof ErrorEvent) return thing.message
  return typeof thing === 'object' ? JSON.stringify(thing) : String(thing)
}

function loadError(error: unknown, complaints: readonly string[]): EngineError {
  const detail = [words(error), ...complaints].join(' ')
  const memory = /alloc|memory|out of bounds/i.test(detail)
  return memory
    ? new EngineError('out-of-memory', `The model does not fit into memory with this window. ${detail}`)
    : new EngineError('internal', `The model could not be loaded. ${detail}`)
}

/** What went wrong while a loaded model worked; after `worker-crashed` it has to be loaded again. */
export function runError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const detail = words(error)
  if (/exceeds the available context size|too large to process/i.test(detail)) return new EngineError('context-overflow', detail)
  if (error instanceof WllamaError) return new EngineError('internal', `The engine refused the prompt: ${detail}`)
  return new EngineError('worker-crashed', `The engine broke down and has to be loaded again: ${detail}`)
}
