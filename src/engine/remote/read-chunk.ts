/** What one piece of a stream says, of either kind of completion. */
export type Chunk = {
  readonly text: string
  /** What it writes of its thinking, which servers send apart from the answer. */
  readonly thought: string
  readonly finish?: 'stop' | 'length'
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number; readonly cachedInputTokens?: number }
  /** While the prompt is read, where the server tells. */
  readonly progress?: { readonly doneTokens: number; readonly totalTokens: number; readonly cachedTokens: number }
}

type Json = Readonly<Record<string, unknown>>

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : undefined
const words = (value: unknown): string => (typeof value === 'string' ? value : '')

export function readChunk(event: Json): Chunk {
  const choice = record(Array.isArray(event.choices) ? event.choices[0] : undefined)
  const delta = record(choice.delta)
  const usage = usageOf(event)
  const progress = progressOf(record(event.prompt_progress))
  const { finish_reason: finish } = choice
  return {
    text: words(choice.text) + words(delta.content),
    thought: words(delta.reasoning_content) || words(delta.reasoning),
    ...(typeof finish === 'string' ? { finish: finish === 'length' ? 'length' : 'stop' } : {}),
    ...(usage ? { usage } : {}),
    ...(progress ? { progress } : {}),
  }
}

function usageOf(event: Json): Chunk['usage'] {
  const usage = record(event.usage)
  const inputTokens = count(usage.prompt_tokens)
  const outputTokens = count(usage.completion_tokens)
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  // llama.cpp tells by its timings as well.
  const cached = count(record(usage.prompt_tokens_details).cached_tokens) ?? count(record(event.timings).cache_n)
  return { inputTokens, outputTokens, ...(cached === undefined ? {} : { cachedInputTokens: Math.min(cached, inputTokens) }) }
}

function progressOf({ processed, total, cache }: Json): Chunk['progress'] {
  const doneTokens = count(processed)
  const totalTokens = count(total)
  if (doneTokens === undefined || !totalTokens) return undefined
  return { doneTokens: Math.min(doneTokens, totalTokens), totalTokens, cachedTokens: count(cache) ?? 0 }
}
