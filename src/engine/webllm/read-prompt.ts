import type { PromptPart } from '#context/template.ts'
import { EngineError } from '#ports/engine.ts'
import type { Pipeline } from './pipeline.ts'
import { type KvContents, planReading, type TextSpan } from './plan-reading.ts'
import { rollingStep } from './rolling-step.ts'

type Logits = Awaited<ReturnType<Pipeline['read']>>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** The text as it can be written in UTF-8: half surrogate pairs become U+FFFD, for the tokenizer and for comparing. */
export const asUtf8 = (text: string) => decoder.decode(encoder.encode(text))

/** The parts of a prompt with their tokens. */
export function encodeParts({ encode }: Pipeline, prompt: readonly PromptPart[]) {
  return prompt.map((part) => {
    const text = asUtf8(part.text)
    return { text, ids: encode(text) }
  })
}

/**
 * A prompt on its way into the KV cache, on top of what of it stands there. `kv` is what stood there before; the caller keeps
 * what `onContents` reports, which is right at every moment, also when this throws or is left early. `more`: tokens that will
 * follow the prompt and must fit beside it.
 */
export function openReading(
  pipeline: Pipeline,
  kv: KvContents,
  prompt: readonly PromptPart[],
  onContents: (kv: KvContents) => void,
  more = 0,
) {
  const plan = planReading(kv, encodeParts(pipeline, prompt), pipeline.encode)
  const inputTokens = plan.ids.length
  if (inputTokens === 0) throw new EngineError('internal', 'The prompt is empty.')
  if (inputTokens + more > pipeline.windowTokens)
    throw new EngineError(
      'context-overflow',
      `The prompt has ${inputTokens} tokens${more > 0 ? ` and ${more} follow it` : ''}, the window ${pipeline.windowTokens}.`,
    )
  // Until the cut is done the cache's contents are uncertain: an error in between leaves nothing to reuse.
  onContents({ ids: [], spans: [] })
  const cachedInputTokens = pipeline.truncate(plan.keep)
  const { reuse } = pipeline
  const unused = plan.keep > cachedInputTokens && (reuse === 'appended' || reuse === 'none') ? reuse : undefined
  /** What is in the cache now. */
  const ids = plan.ids.slice(0, cachedInputTokens)
  const report = (written?: TextSpan) => onContents({ ids, spans: written ? [...plan.spans, written] : plan.spans })
  const read = async (fresh: readonly number[]): Promise<Logits> => {
    onContents({ ids: [], spans: [] })
    const logits = await pipeline.read(fresh)
    ids.push(...fresh)
    return logits
  }
  report()
  return {
    inputTokens,
    cachedInputTokens,
    /** Why what the cache held of the prompt was read again. */
    unused,
    /** Tokens in the cache. */
    filled: () => ids.length,
    /** The last of them. */
    recent: (tokens: number) => ids.slice(-tokens),
    /** Reads tokens on top; until `report` the caller's record of the cache is empty. */
    read,
    /** Says what the cache holds: the prompt, and after it `written`. */
    report,
    /** Reads what is not there yet, chunk by chunk: the logits after the prompt, or undefined where it was aborted. */
    async *rest(signal: AbortSignal): AsyncGenerator<undefined, Logits | undefined> {
      let logits: Logits | undefined
      let left = false
      try {
        while (ids.length < inputTokens) {
          logits?.dispose()
          logits = undefined
          if (signal.aborted) return undefined
          const { stepTokens, rolling } = pipeline
          const step = rolling ? rollingStep(rolling, ids.length, stepTokens) : stepTokens
          logits = await read(plan.ids.slice(ids.length, ids.length + step))
          report()
          yield
        }
        left = true
        return logits
      } finally {
        if (!left) logits?.dispose()
      }
    },
  }
}
