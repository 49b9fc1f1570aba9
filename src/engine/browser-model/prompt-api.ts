/**
 * The Prompt API of browsers that bring a model of their own, as far as it is used here (Web Machine Learning Community Group,
 * "Prompt API", explainer of 2025). Two names are in use for what it counts; either is taken.
 */
export type PromptMessage = {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  /** The last message is the beginning of the reply. */
  readonly prefix?: true
}

export type PromptSession = {
  readonly inputQuota?: number
  readonly contextWindow?: number
  readonly inputUsage?: number
  readonly contextUsage?: number
  measureInputUsage?(input: readonly PromptMessage[] | string): Promise<number>
  measureContextUsage?(input: readonly PromptMessage[] | string): Promise<number>
  promptStreaming(
    input: readonly PromptMessage[],
    options: { readonly signal: AbortSignal; readonly responseConstraint?: object },
  ): ReadableStream<string>
  destroy(): void
}

export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available'

export type PromptApi = {
  availability(): Promise<Availability>
  create(options: {
    readonly initialPrompts?: readonly PromptMessage[]
    readonly signal: AbortSignal
    readonly monitor?: (monitor: EventTarget) => void
  }): Promise<PromptSession>
}

/** The API where this browser has it, in a page and not in a worker. */
export function findPromptApi(scope: object = globalThis): PromptApi | undefined {
  const found = (scope as { LanguageModel?: PromptApi }).LanguageModel
  return typeof found?.create === 'function' && typeof found.availability === 'function' ? found : undefined
}

/** Tokens that a session holds, and that it can hold, as the browser counts; 0 where it does not tell. */
export const usageOf = ({ contextUsage, inputUsage }: PromptSession): number => contextUsage ?? inputUsage ?? 0
export const quotaOf = ({ contextWindow, inputQuota }: PromptSession): number | undefined => contextWindow ?? inputQuota

/** Tokens that a text or messages would add, by the browser's own measure; undefined where it has none. */
export async function measure(session: PromptSession, input: readonly PromptMessage[] | string): Promise<number | undefined> {
  if (session.measureContextUsage) return session.measureContextUsage(input)
  return session.measureInputUsage?.(input)
}
