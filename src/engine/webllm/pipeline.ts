/**
 * What web-llm keeps private of a chat model is touched here alone. Its chat API reads the whole history again after a cut reply,
 * cannot be stopped while it reads, and passes user text through String.replace; below it lies a pipeline that reads and
 * samples token by token, and that is what is used here. Pinned to one version, checked field by field.
 */
import type { MLCEngine } from '@mlc-ai/web-llm'
import type { Sampling } from '#context/manifest.ts'
import type { RollingWindow } from '#context/rolling-window.ts'
import { type CacheReuse, EngineError } from '#ports/engine.ts'
import { type KvHost, openKvCache, type Sequences } from './kv-sequences.ts'
import { fieldsOf, loadWebllm, type WebllmOptions } from './load-webllm.ts'
import type { DeviceWatch } from './watch-devices.ts'

type Logits = { readonly shape: number[]; readonly dtype: string; dispose(): void }
type OnCpu = { copyFrom(source: Logits): unknown; toArray(): ArrayLike<number> }

/** The private fields in use, as version 0.2.86 has them. */
type Internals = KvHost & {
  readonly tvm: {
    empty(shape: number[], dtype: string, device: unknown): OnCpu
    cpu(): unknown
  }
  readonly device: { sync(): Promise<void> }
  readonly tokenizer: { encode(text: string): Int32Array; decode(ids: Int32Array): string }
  readonly prefillChunkSize: number
  slidingWindowSize: number
  attentionSinkSize: number
  readonly stopTokens: readonly number[]
  /** How often tokens appeared, for penalties. Its own chat fills it; here it is filled before each choice. */
  readonly appearedTokensFreq: Map<number, number>
  /** Follows what a grammar allows next; made and kept by the method below. */
  readonly grammarMatcher?: { acceptToken(token: number): boolean }
  /** Compiles the grammar of a response format, or sets its matcher back; nothing where there is none. */
  prepareGrammarMatcherForSampling(config: object): Promise<void> | undefined
  setSeed(seed: number): void
  embedAndForward(chunk: readonly (readonly number[])[], length: number): Promise<Logits>
  sampleFromRawLogits(logits: Logits, config: object): Promise<number>
}

const wanted: Readonly<Record<Exclude<keyof Internals, 'grammarMatcher'>, string>> = {
  tvm: 'object',
  device: 'object',
  tokenizer: 'object',
  kvCache: 'object',
  kvStateKind: 'string',
  prefillChunkSize: 'number',
  slidingWindowSize: 'number',
  attentionSinkSize: 'number',
  stopTokens: 'object',
  appearedTokensFreq: 'object',
  filledKVCacheLength: 'number',
  fKVCacheBeginForward: 'function',
  resetKVCache: 'function',
  prepareGrammarMatcherForSampling: 'function',
  setSeed: 'function',
  embedAndForward: 'function',
  sampleFromRawLogits: 'function',
}

/** How a token is chosen. `recent`: the tokens before it that penalties look at. */
export type Choosing = Pick<Sampling, 'temperature' | 'topP' | 'repetitionPenalty' | 'presencePenalty' | 'frequencyPenalty'> & {
  readonly recent: readonly number[]
  /** The reply is held to this grammar, which `begin` was called with. */
  readonly grammar?: string
}

/** A loaded model, driven token by token. Every method that computes rejects with `device-lost` when the GPU goes away. */
export type Pipeline = {
  readonly windowTokens: number
  /** What of the window the cache keeps; absent: all of it. */
  readonly rolling?: RollingWindow
  /** Tokens that one `read` may take: about a quarter of a second on a GPU, some seconds on a software adapter. */
  readonly stepTokens: number
  /** Most tokens that one forward pass may read. */
  readonly chunkTokens: number
  readonly reuse: CacheReuse
  /** Absent where the library cannot hold several. `truncate` and `read` work on the one in use. */
  readonly sequences?: Sequences
  readonly stopTokenIds: readonly number[]
  readonly isSoftware: boolean
  readonly adapterName: string
  encode(text: string): number[]
  decode(ids: readonly number[]): string
  /** Cuts the KV cache to its first tokens. Returns how many are left: none where the library cannot cut. */
  truncate(tokens: number): number
  /** Empties the cache of a rolling window and has it keep so much from now on, at most what it was loaded for. */
  rollBy?(window: RollingWindow): void
  /** Reads tokens on top of the KV cache and waits for the GPU, so that progress is what really happened. */
  read(ids: readonly number[]): Promise<Logits>
  /** Begins a reply that is held to a grammar (EBNF). */
  begin(grammar: string): Promise<void>
  /** One token from logits, which are freed. */
  sample(logits: Logits, how: Choosing): Promise<number>
  /** The numbers of logits, which are freed. */
  values(logits: Logits): Promise<ArrayLike<number>>
  setSeed(seed: number): void
  /** Calls back when the GPU goes away by itself, also while nothing is asked of it. */
  onLost(callback: (error: EngineError) => void): void
  /** Asks the GPU for a sign of life; rejects where it is gone. */
  check(): Promise<void>
  unload(): Promise<void>
}

/** Loads a model whose files are all in the browser's cache. */
export const loadPipeline = (options: WebllmOptions): Promise<Pipeline> =>
  loadWebllm(options, ({ engine, pipeline, watch }) => drive(engine, fieldsOf<Internals>(pipeline, wanted), watch, options))

const formatOf = (grammar: string) => ({ type: 'grammar', grammar })

function drive(
  engine: MLCEngine,
  pipeline: Internals,
  watch: DeviceWatch,
  { windowTokens, rolling }: Pick<WebllmOptions, 'windowTokens' | 'rolling'>,
): Pipeline {
  const { tvm } = pipeline
  const { cuts, sequences, truncate, clear } = openKvCache(pipeline, rolling !== undefined)
  let unloaded = false
  return {
    windowTokens,
    ...(rolling && {
      rolling,
      rollBy({ keptTokens, sinkTokens }) {
        watch.check()
        pipeline.slidingWindowSize = keptTokens
        pipeline.attentionSinkSize = sinkTokens
        clear()
      },
    }),
    stepTokens: Math.min(pipeline.prefillChunkSize, watch.isSoftware ? 32 : 256),
    chunkTokens: pipeline.prefillChunkSize,
    reuse: sequences ? 'several' : cuts ? 'one' : 'appended',
    ...(sequences && { sequences }),
    stopTokenIds: pipeline.stopTokens,
    isSoftware: watch.isSoftware,
    adapterName: watch.adapterName,
    encode(text) {
      watch.check()
      return text === '' ? [] : Array.from(pipeline.tokenizer.encode(text))
    },
    decode(ids) {
      watch.check()
      return ids.length === 0 ? '' : pipeline.tokenizer.decode(Int32Array.from(ids))
    },
    truncate(tokens) {
      watch.check()
      return truncate(tokens)
    },
    read: (ids) =>
      watch.guard(async () => {
        tvm.beginScope()
        try {
          const logits = tvm.detachFromCurrentScope(await pipeline.embedAndForward([ids], ids.length))
          await pipeline.device.sync()
          return logits
        } finally {
          tvm.endScope()
        }
      }),
    begin: (grammar) =>
      watch.guard(async () => {
        try {
          await pipeline.prepareGrammarMatcherForSampling({ response_format: formatOf(grammar) })
        } catch (error) {
          throw new EngineError(
            'bad-schema',
            `The library took no grammar of it: ${error instanceof Error ? error.message : error}`,
          )
        }
      }),
    sample: (logits, { temperature, topP, repetitionPenalty = 1, presencePenalty = 0, frequencyPenalty = 0, recent, grammar }) =>
      watch.guard(async () => {
        pipeline.appearedTokensFreq.clear()
        for (const token of recent) pipeline.appearedTokensFreq.set(token, (pipeline.appearedTokensFreq.get(token) ?? 0) + 1)
        const penalties = {
          repetition_penalty: repetitionPenalty,
          presence_penalty: presencePenalty,
          frequency_penalty: frequencyPenalty,
        }
        try {
          const held = grammar === undefined ? {} : { response_format: formatOf(grammar) }
          const token = await pipeline.sampleFromRawLogits(logits, { temperature, top_p: topP, ...penalties, ...held })
          if (grammar !== undefined && !pipeline.grammarMatcher?.acceptToken(token))
            throw new EngineError('internal', 'A token was chosen that the grammar does not allow.')
          return token
        } finally {
          logits.dispose()
        }
      }),
    values: (logits) =>
      watch.guard(async () => {
        tvm.beginScope()
        try {
          if (logits.dtype !== 'float32')
            throw new EngineError('internal', `Logits are read as float32; this library gives ${logits.dtype}.`)
          const onCpu = tvm.empty(logits.shape, logits.dtype, tvm.cpu())
          onCpu.copyFrom(logits)
          await pipeline.device.sync()
          return onCpu.toArray()
        } finally {
          tvm.endScope()
          logits.dispose()
        }
      }),
    setSeed: (seed) => pipeline.setSeed(seed),
    onLost(callback) {
      watch.lost.catch((error: EngineError) => unloaded || callback(error))
    },
    check: () => watch.roundTrip(),
    async unload() {
      unloaded = true
      // After a loss web-llm has already freed what it can.
      if (!watch.lostNow()) await engine.unload()
      watch.destroy()
    },
  }
}
