import type { Rerun } from '#runtime/actions.ts'

export type WayUsage = Extract<Rerun, { type: 'done' }>['usage']

/** What one way took, under the condition of all: its prompt read from the first token. */
export type WayFigures = {
  readonly promptTokens: number
  /** Of them in the cache when it was asked, so that they were not read. */
  readonly reusedTokens: number
  /** Milliseconds to read the whole prompt; undefined where part of it was reused and no way tells the speed. */
  readonly readMs: number | undefined
  /** The part that was reused is reckoned at the speed of what was read: not measured. */
  readonly estimated: boolean
  readonly writeMs: number
  readonly outputTokens: number
}

/** Fewer tokens read than this say little about the speed of reading. */
const tellingTokens = 32

export type Comparison = {
  /** One for each usage. */
  readonly figures: readonly WayFigures[]
  /** How fast these runs read; undefined where none read enough to tell. */
  readonly tokensPerSecond: number | undefined
}

/**
 * Several prompts so that they compare: where an engine reused part of one, the time that part would have taken is added, at the
 * speed at which these same runs read. An estimate; longer prompts are read more slowly per token.
 */
export function compareWays(usages: readonly WayUsage[]): Comparison {
  const telling = usages
    .map(({ inputTokens, cachedInputTokens, prefillMs }) => ({ tokens: inputTokens - cachedInputTokens, ms: prefillMs }))
    .filter(({ tokens, ms }) => tokens >= tellingTokens && ms > 0)
  const readTokens = telling.reduce((sum, { tokens }) => sum + tokens, 0)
  const tokensPerSecond = readTokens === 0 ? undefined : (readTokens * 1000) / telling.reduce((sum, { ms }) => sum + ms, 0)
  const wholeMs = ({ cachedInputTokens, prefillMs }: WayUsage) => {
    if (cachedInputTokens === 0) return prefillMs
    return tokensPerSecond === undefined ? undefined : prefillMs + (cachedInputTokens * 1000) / tokensPerSecond
  }
  const figures = usages.map((usage) => ({
    promptTokens: usage.inputTokens,
    reusedTokens: usage.cachedInputTokens,
    readMs: wholeMs(usage),
    estimated: usage.cachedInputTokens > 0,
    writeMs: usage.decodeMs,
    outputTokens: usage.outputTokens,
  }))
  return { figures, tokensPerSecond }
}
