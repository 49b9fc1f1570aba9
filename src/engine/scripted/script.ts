import type { Sampling } from '#context/manifest.ts'
import type { PromptPart } from '#context/template.ts'
import type { EngineError, EngineErrorType, SelfTestResult } from '#ports/engine.ts'

/** What goes wrong in a generation. `atToken` counts the tokens written before it happens. */
export type Fault =
  | { readonly type: 'error'; readonly atToken: number; readonly error: EngineErrorType }
  /** Nothing more comes until the generation is aborted. */
  | { readonly type: 'stall'; readonly atToken: number }
  /** The reply is repeated for as long as the window and the output limit allow. */
  | { readonly type: 'endless' }

/** How the scripted engine behaves; every part has a default. */
export type Script = {
  /** The whole reply to a prompt. Where the prompt ends with the beginning of that reply, only the rest is written. */
  readonly reply?: (prompt: readonly PromptPart[], sampling?: Sampling) => string
  /** What it thinks first where a thought is opened. */
  readonly thought?: string
  /** Writing speed in tokens a second; 0, the default, is as fast as the event loop allows. */
  readonly tokensPerSecond?: number
  /** Reading speed in tokens a second, reused tokens not counted; 0 is as fast as possible. */
  readonly readTokensPerSecond?: number
  /** What goes wrong in the n-th generation, counted from 1. */
  readonly fault?: (generation: number) => Fault | undefined
  /** Steps of the pretended download, and how long each takes. */
  readonly loadSteps?: number
  readonly loadStepMs?: number
  /** False: it offers no probabilities of tokens. */
  readonly scores?: boolean
  /** False: it cannot be held to JSON. */
  readonly json?: false
  /** It counts otherwise than the page. */
  readonly countsDiffer?: true
  /** `one`: work beside a conversation takes the place of what was cached of it. Default `several`. */
  readonly reuse?: 'several' | 'one'
  /** Loading fails with this type after its first step; a function says whether, by the window asked for. */
  readonly loadError?: EngineErrorType | ((windowTokens: number) => EngineErrorType | undefined)
  /** Gets what breaks the engine while nothing is asked of it. */
  readonly onMade?: (breakDown: (error: EngineError) => void) => void
  /** What asking for a sign of life ends with; by default it is given at once. */
  readonly check?: () => Promise<void>
  /** What became of the self-test after loading; without it there was none. */
  readonly selfTest?: SelfTestResult
}
