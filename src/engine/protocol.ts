import type {
  EngineErrorType,
  GenerateEvent,
  GenerateRequest,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  ScoreProgress,
  ScoreRequest,
  TokenScore,
} from '#ports/engine.ts'

/** What the page asks of an engine's worker. Every request carries a call number that its answers repeat. */
export type ToWorker =
  | { readonly type: 'load'; readonly call: number; readonly request: LoadRequest }
  | { readonly type: 'generate'; readonly call: number; readonly request: GenerateRequest }
  | { readonly type: 'score'; readonly call: number; readonly request: ScoreRequest }
  | { readonly type: 'cached'; readonly call: number }
  | { readonly type: 'count'; readonly call: number; readonly texts: readonly string[] }
  | { readonly type: 'unload'; readonly call: number }
  | { readonly type: 'abort'; readonly call: number }
  /** Asks for a sign of life of the worker itself. */
  | { readonly type: 'ping'; readonly call: number }
  /** Asks for one of what the engine runs on. */
  | { readonly type: 'check'; readonly call: number }
  /** Asks the worker to hold a lock for as long as it lives. */
  | { readonly type: 'hold'; readonly call: number; readonly lock: string }

export type FromWorker =
  | { readonly type: 'load-progress'; readonly call: number; readonly progress: LoadProgress }
  | { readonly type: 'loaded'; readonly call: number; readonly loaded: LoadedModel }
  | { readonly type: 'event'; readonly call: number; readonly event: GenerateEvent }
  | { readonly type: 'score-progress'; readonly call: number; readonly progress: ScoreProgress }
  | { readonly type: 'scores'; readonly call: number; readonly scores: readonly TokenScore[] }
  | { readonly type: 'cached'; readonly call: number; readonly conversations: readonly string[] }
  | { readonly type: 'counts'; readonly call: number; readonly counts: readonly number[] }
  | { readonly type: 'done'; readonly call: number }
  | {
      readonly type: 'failed'
      readonly call: number
      readonly error: WireError
    }
  /** What the engine runs on is gone, whether or not anything was asked of it. Answers no call. */
  | { readonly type: 'broken'; readonly call: 0; readonly error: WireError }

export type WireError = { readonly type: EngineErrorType; readonly message: string }
