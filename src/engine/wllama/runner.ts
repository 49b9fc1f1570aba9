import { type RawCompletionChunk, WllamaAbortError } from '@wllama/wllama/esm/index.js'
import { penaltyWindow, type Sampling } from '#context/manifest.ts'
import { schemaGrammar } from '#engine/json/schema-grammar.ts'
import { wantedSchema } from '#engine/json/wanted-schema.ts'
import { loadWllama, runError } from './load-wllama.ts'

/** Tokens read between two reports and between two looks at an abort. */
const readStep = 128

/**
 * Any text, in a form that rejects bytes that are no UTF-8: a byte-level model can write such bytes, and wllama breaks on
 * them when it passes the text on.
 */
const anyText = 'root ::= .*'

export type Completion = Omit<Sampling, 'stop'> & {
  readonly prompt: string
  readonly stop: readonly string[]
  /** Nothing of the KV cache is used. */
  readonly fresh: boolean
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
  const { wllama, unlessBroken } = await loadWllama(
    file,
    {
      n_ctx: windowTokens,
      n_batch: readStep,
      n_ubatch: readStep,
      n_threads: threads,
      // One sequence: the next prompt finds what the last one left in the KV cache.
      n_parallel: 1,
      // WASM has no half floats: keys and values of 16 bits are converted at every look, and writing at 900 tokens was
      // measured at a quarter of the speed. Plain attention beats the fused one here too.
      cache_type_k: 'f32',
      cache_type_v: 'f32',
      flash_attn: false,
    },
    signal,
  )

  return {
    threads: wllama.getNumThreads(),
    addsStartToken: wllama.mustAddBosToken(),
    async complete(completion, onChunk, signal) {
      const { prompt, temperature, topP, topK = 0, minP = 0, seed, maxOutputTokens, stop, fresh } = completion
      const { repetitionPenalty = 1, presencePenalty = 0, frequencyPenalty = 0 } = completion
      const schema = wantedSchema(completion)
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
          top_k: temperature > 0 ? topK : 1,
          min_p: temperature > 0 ? minP : 0,
          presence_penalty: presencePenalty,
          frequency_penalty: frequencyPenalty,
          seed,
          stop: [...stop],
          grammar: schema ? schemaGrammar(schema) : anyText,
          return_progress: true,
          ...{ repeat_penalty: repetitionPenalty, repeat_last_n: penaltyWindow },
          ...{ cache_prompt: !fresh, timings_per_token: true },
        })
        await unlessBroken(completing)
      } catch (error) {
        throw error instanceof WllamaAbortError ? error : runError(error)
      }
    },
    exit: () => wllama.exit(),
  }
}
