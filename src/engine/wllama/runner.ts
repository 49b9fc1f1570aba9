import { LoggerWithoutDebug, type RawCompletionChunk, Wllama, WllamaAbortError, WllamaError } from '@wllama/wllama/esm/index.js'
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url'
import { EngineError } from '#ports/engine.ts'

/** Tokens read between two reports and between two looks at an abort. */
const readStep = 128

/**
 * Any text, in a form that rejects bytes that are no UTF-8: a byte-level model can write such bytes, and wllama breaks on
 * them when it passes the text on.
 */
const anyText = 'root ::= .*'

export type Completion = {
  readonly prompt: string
  readonly temperature: number
  readonly topP: number
  readonly seed: number
  readonly maxOutputTokens: number
  readonly stop: readonly string[]
}

/** One loaded model in wllama's own worker. A runner that failed with `worker-crashed` or `out-of-memory` is dead. */
export type Runner = {
  readonly threads: number
  /** Whether wllama puts the start token before every prompt by itself. */
  readonly addsStartToken: boolean
  /** Rejects with WllamaAbortError when the signal aborts. */
  complete(completion: Completion, onChunk: (chunk: RawCompletionChunk) => void, signal: AbortSignal): Promise<void>
  exit(): Promise<void>
}

/** Loads a GGUF file for a window of so many tokens on so many threads. Rejects with EngineError. */
export async function startRunner(file: Blob, windowTokens: number, threads: number, signal: AbortSignal): Promise<Runner> {
  const complaints: string[] = []
  let giveUp: (error: EngineError) => void = () => {}
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const note = (...parts: unknown[]) => {
    complaints.push(parts.map(words).join(' '))
    complaints.splice(0, complaints.length - 4)
    // wllama hears that its worker broke down but leaves whoever called it waiting for ever.
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
    const loading = wllama.loadModel([file], {
      n_ctx: windowTokens,
      n_batch: readStep,
      n_ubatch: readStep,
      n_threads: threads,
      n_gpu_layers: 0,
      // One sequence: the next prompt finds what the last one left in the KV cache.
      n_parallel: 1,
      // WASM has no half floats: keys and values of 16 bits are converted at every look, and writing at 900 tokens was
      // measured at a quarter of the speed. Plain attention beats the fused one here too.
      cache_type_k: 'f32',
      cache_type_v: 'f32',
      flash_attn: false,
      warmup: false,
    })
    await Promise.race([loading, givenUp])
    const { n_vocab, n_ctx } = wllama.getLoadedContextInfo()
    // A failed load resolves like a good one.
    if (!(n_vocab > 0) || n_ctx < windowTokens) throw new WllamaError('The weights could not be loaded.', 'load_error')
  } catch (error) {
    await wllama.exit()
    throw error instanceof EngineError ? error : loadError(error, complaints)
  } finally {
    signal.removeEventListener('abort', abort)
  }

  return {
    threads: wllama.getNumThreads(),
    addsStartToken: wllama.mustAddBosToken(),
    async complete({ prompt, temperature, topP, seed, maxOutputTokens, stop }, onChunk, signal) {
      try {
        const completing = wllama.createCompletion({
          prompt,
          stream: true,
          onData: onChunk,
          abortSignal: signal,
          max_tokens: maxOutputTokens,
          temperature,
          // Only what the receipt names shapes the choice: wllama's own defaults for these are switched off.
          top_p: temperature > 0 ? topP : 1,
          top_k: temperature > 0 ? 0 : 1,
          min_p: 0,
          seed,
          stop: [...stop],
          grammar: anyText,
          return_progress: true,
          ...{ cache_prompt: true, timings_per_token: true },
        })
        await Promise.race([completing, givenUp])
      } catch (error) {
        throw error instanceof WllamaAbortError || error instanceof EngineError ? error : runError(error)
      }
    },
    exit: () => wllama.exit(),
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

function runError(error: unknown): EngineError {
  const detail = words(error)
  if (/exceeds the available context size/i.test(detail)) return new EngineError('context-overflow', detail)
  if (error instanceof WllamaError) return new EngineError('internal', `The engine refused the prompt: ${detail}`)
  return new EngineError('worker-crashed', `The engine broke down and has to be loaded again: ${detail}`)
}
