import type { Sampling } from '#context/manifest.ts'
import type { RollingWindow } from '#context/rolling-window.ts'
import type { PromptPart } from '#context/template.ts'
import type { EngineName, Model } from './model.ts'

/** Progress of a load. Bytes are real: received from the network or read from the cache. */
export type LoadProgress =
  | {
      readonly type: 'download'
      readonly doneBytes: number
      readonly totalBytes: number
      /** Files that were found damaged on the disk and are fetched again. */
      readonly damagedFiles?: number
    }
  /** Digests are being checked. */
  | { readonly type: 'verify'; readonly doneBytes: number; readonly totalBytes: number }
  /** Weights go to the device and shaders or threads are prepared; `fraction` is absent where the engine cannot tell. */
  | { readonly type: 'prepare'; readonly fraction?: number }

export type LoadRequest = {
  readonly model: Model
  /** Window size in tokens: most of prompt and reply together. The KV cache is allocated for it, or for what rolls. */
  readonly windowTokens: number
  /** The cache keeps only so much of it and forgets the rest. Refused with `not-offered` where the build does not roll. */
  readonly rolling?: RollingWindow
}

/**
 * How much of what was read is used again. `several`: the last few conversations and work beside them each keep what they
 * read, while there is room. `one`: one at a time, cut back to where a prompt differs. `appended`: only where a prompt begins
 * with all that was read, since the library cannot cut. `none`: the library reads wrongly on top of a cache, so that every
 * prompt is read whole. `server`: what a server keeps is its own business; it is known only after a reply, where it tells. `untold`: whoever runs it
 * never tells.
 */
export type CacheReuse = 'several' | 'one' | 'appended' | 'none' | 'server' | 'untold'

/** What a model wrote when it had to go on with a known text. */
export type SelfTestResult = { readonly passed: boolean; readonly wanted: string; readonly wrote: string }

export type LoadedModel = {
  readonly engine: EngineName
  readonly modelId: string
  readonly windowTokens: number
  /** What of the window the cache keeps; absent: all of it. */
  readonly rolling?: RollingWindow
  /** What runs it, in words for the user: "GPU, NVIDIA Ampere", "CPU, 2 threads". */
  readonly runsOn: string
  /** Memory that the GPU gave in a trial before the load, in bytes. */
  readonly triedBytes?: number
  /** What became of the model's self-test; absent where it has none. */
  readonly selfTest?: SelfTestResult
  /** Whether `scoreTokens` gives exact probabilities here. */
  readonly scoresTokens: boolean
  /** Whether replies can be held to a JSON schema (`jsonSchema` of the sampling); `asked`: a server is asked to, and may not. */
  readonly writesJson?: 'held' | 'asked'
  readonly reuse: CacheReuse
  /** The page cannot count as the engine does: counts made before a reply are estimates, and the engine tells the true ones. */
  readonly countsDiffer?: true
}

export type GenerateRequest = {
  /**
   * Whose prompt it is: what the KV cache holds of that conversation is gone on from, and kept. Absent, it is work beside the
   * conversations: what they hold stays where there is room for both.
   */
  readonly conversation?: string
  /**
   * To be read from its first token, whatever the cache holds, so that its time compares with that of others. What the cache
   * held may be gone after it.
   */
  readonly fresh?: true
  /** Templated parts, the last of role `reply`: the opening of the assistant's turn, with the text to continue if any. */
  readonly prompt: readonly PromptPart[]
  readonly sampling: Sampling
  readonly stop: readonly string[]
}

export type GenerateEvent =
  /** While the prompt is read. `done` counts tokens that are in the KV cache, reused ones included. */
  | { readonly type: 'prefill-progress'; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly type: 'text-delta'; readonly text: string; readonly outputTokens: number }
  /** Always the last event of a generation that did not throw; also after an abort. */
  | {
      readonly type: 'generation-end'
      readonly finishReason: 'stop' | 'length' | 'cancelled'
      /** 0 where a server did not report it. */
      readonly inputTokens: number
      readonly cachedInputTokens: number
      readonly outputTokens: number
      readonly prefillMs: number
      readonly decodeMs: number
      /** Why tokens that the cache held were read again, where the library's limits made it so; or that it was not told. */
      readonly unusedCache?: 'appended' | 'none' | 'not-reported'
    }

/** A text whose tokens are to be scored as if the model had written them after a prompt (teacher forcing). */
export type ScoreRequest = {
  /** Templated parts; together at least one token. */
  readonly prompt: readonly PromptPart[]
  readonly text: string
}

/** One token of a scored text. Joined, the texts are the text; a token that does not complete a character has none. */
export type TokenScore = {
  readonly text: string
  /** Natural logarithm of its probability after all that stands before it, at temperature 1: at most 0. */
  readonly logProbability: number
}

/** `doneTokens` of the prompt and the text are in the KV cache, reused ones included. */
export type ScoreProgress = { readonly doneTokens: number; readonly totalTokens: number }

/** What an engine tells unasked. */
export type EngineNews =
  /** It owes an answer and gives no sign of life; it may only be busy. */
  | { readonly type: 'silent' }
  /** It gives signs of life again. */
  | { readonly type: 'answering' }
  /** What it runs on is gone: it has to be made anew. */
  | { readonly type: 'broken'; readonly error: EngineError }

/**
 * Runs a language model. One model at a time, one generation at a time: a second `generate` waits for the first.
 * Every failure is an EngineError. Aborting `generate` ends the stream with `generation-end` of reason `cancelled`;
 * aborting `load` rejects with type `aborted` and leaves the engine empty.
 */
export interface Engine {
  readonly name: EngineName
  /** Loads a model, replacing what was loaded. */
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel>
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerateEvent>
  /**
   * Scores a text token by token, beside the conversations; waits for its turn like `generate`.
   * Rejects with type `not-offered` where the loaded model's `scoresTokens` is false, with `aborted` when it is aborted.
   */
  scoreTokens(
    request: ScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal: AbortSignal,
  ): Promise<readonly TokenScore[]>
  /** The conversations whose last prompt the KV cache still holds, or would hold if it had been read to its end. */
  cachedConversations(): Promise<readonly string[]>
  /**
   * Exact token counts of texts by the loaded model's own tokenizer, control tokens recognised. Rejects with `not-offered`
   * where a server does not count.
   */
  countTokens(texts: readonly string[]): Promise<number[]>
  /** Frees the model and its memory. */
  unload(): Promise<void>
  /** Hears what the engine tells unasked, also while nothing is asked of it. */
  watch(listener: (news: EngineNews) => void): void
  /** Asks what the engine runs on for a sign of life; rejects where it is gone, and may never end where it hangs. */
  check(): Promise<void>
  /** Ends the engine for good: its worker is terminated, pending calls reject with `why` or with type `terminated`. */
  dispose(why?: EngineError): void
}

export const engineErrorTypes = [
  'aborted',
  'not-loaded',
  'no-gpu',
  'unsupported-device',
  'out-of-memory',
  'device-lost',
  'download-failed',
  'file-missing',
  'wrong-digest',
  'storage-full',
  'bad-schema',
  'cannot-constrain',
  'unfit-file',
  'own-file-lost',
  'context-overflow',
  'not-offered',
  'unreachable',
  'cors-refused',
  'wrong-key',
  'no-such-model',
  'server-failed',
  'stream-cut',
  'worker-crashed',
  'terminated',
  'internal',
] as const
export type EngineErrorType = (typeof engineErrorTypes)[number]

/** The one error class of engines. It crosses the worker boundary as plain data and is rebuilt on the other side. */
export class EngineError extends Error {
  readonly type: EngineErrorType
  constructor(type: EngineErrorType, message: string) {
    super(message)
    this.name = 'EngineError'
    this.type = type
  }
}
