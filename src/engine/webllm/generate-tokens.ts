import { createStopScanner } from '#engine/scripted/stop-scanner.ts'
import { EngineError, type GenerateEvent, type GenerateRequest } from '#ports/engine.ts'
import { createDetokenizer } from './detokenizer.ts'
import type { Pipeline } from './pipeline.ts'
import { type KvContents, planReading, type TextSpan } from './plan-reading.ts'

type FinishReason = Extract<GenerateEvent, { type: 'generation-end' }>['finishReason']

/** Tokens read between two looks at the abort signal: about a quarter of a second on a GPU, some seconds on a software adapter. */
const chunkTokens = ({ isSoftware, chunkTokens: most }: Pipeline) => Math.min(most, isSoftware ? 32 : 256)

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** The text as it can be written in UTF-8: half surrogate pairs become U+FFFD, for the tokenizer and for comparing. */
const asUtf8 = (text: string) => decoder.decode(encoder.encode(text))

/** A small seed would make the generator's first numbers small; this spreads it over 31 bits. */
const spread = (seed: number) => Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 1 || 1

/**
 * One generation, and the KV cache's contents after it. `kv` is what stood there before; the caller keeps what
 * `onContents` reports, which is right at every moment, also when this throws or is left early.
 */
export async function* generateTokens(
  pipeline: Pipeline,
  kv: KvContents,
  { prompt, sampling, stop }: GenerateRequest,
  signal: AbortSignal,
  onContents: (kv: KvContents) => void,
): AsyncGenerator<GenerateEvent> {
  const parts = prompt.map((part) => {
    const text = asUtf8(part.text)
    return { text, ids: pipeline.encode(text) }
  })
  const plan = planReading(kv, parts, pipeline.encode)
  const inputTokens = plan.ids.length
  if (inputTokens === 0) throw new EngineError('internal', 'The prompt is empty.')
  if (inputTokens > pipeline.windowTokens)
    throw new EngineError('context-overflow', `The prompt has ${inputTokens} tokens, the window ${pipeline.windowTokens}.`)

  const began = performance.now()
  let prefillMs: number | undefined
  const output: number[] = []
  // Until the cut is done the cache's contents are uncertain: an error in between leaves nothing to reuse.
  onContents({ ids: [], spans: [] })
  const cachedInputTokens = pipeline.truncate(plan.keep)
  /** What is in the cache now. */
  const ids = plan.ids.slice(0, cachedInputTokens)
  let written: TextSpan | undefined
  const report = () => onContents({ ids, spans: written ? [...plan.spans, written] : plan.spans })
  const read = async (fresh: readonly number[]) => {
    onContents({ ids: [], spans: [] })
    const logits = await pipeline.read(fresh)
    ids.push(...fresh)
    return logits
  }
  report()

  const end = (finishReason: FinishReason): GenerateEvent => {
    const now = performance.now() - began
    prefillMs ??= now
    return {
      type: 'generation-end',
      finishReason,
      inputTokens,
      cachedInputTokens,
      outputTokens: output.length,
      prefillMs,
      decodeMs: now - prefillMs,
    }
  }

  yield { type: 'prefill-progress', doneTokens: ids.length, totalTokens: inputTokens }
  let logits: Awaited<ReturnType<Pipeline['read']>> | undefined
  while (ids.length < inputTokens) {
    logits?.dispose()
    logits = undefined
    if (signal.aborted) return yield end('cancelled')
    logits = await read(plan.ids.slice(ids.length, ids.length + chunkTokens(pipeline)))
    report()
    yield { type: 'prefill-progress', doneTokens: ids.length, totalTokens: inputTokens }
  }
  prefillMs = performance.now() - began

  pipeline.setSeed(spread(sampling.seed))
  const oneTokenStops = stop.map((text) => pipeline.encode(text)).filter((ids) => ids.length === 1)
  const stopIds = new Set([...pipeline.stopTokenIds, ...oneTokenStops.flat()])
  const detokenizer = createDetokenizer(pipeline.decode)
  const scanner = createStopScanner(stop)
  let text = ''
  let finish: FinishReason | undefined
  let endedByStopText = false
  const delta = (fresh: string): GenerateEvent => ({ type: 'text-delta', text: fresh, outputTokens: output.length })

  try {
    while (finish === undefined) {
      if (signal.aborted) finish = 'cancelled'
      else if (output.length >= sampling.maxOutputTokens) finish = 'length'
      else if (output.length > 0 && ids.length >= pipeline.windowTokens) finish = 'length'
      if (finish !== undefined) break
      const last = output.at(-1)
      if (last !== undefined) {
        logits = await read([last])
        if (!detokenizer.isWaiting()) written = { from: inputTokens, to: ids.length, text }
        report()
      }
      if (!logits) throw new EngineError('internal', 'There are no logits to sample from.')
      // Sampling frees them.
      const fromLogits = logits
      logits = undefined
      const token = await pipeline.sample(fromLogits, sampling.temperature, sampling.topP)
      if (stopIds.has(token)) {
        finish = 'stop'
        break
      }
      output.push(token)
      const fresh = detokenizer.push(token)
      text += fresh
      const { text: visible, stopped } = scanner.push(fresh)
      if (visible !== '') yield delta(visible)
      if (stopped) {
        finish = 'stop'
        endedByStopText = true
      }
    }
    if (!endedByStopText) {
      const { text: visible, stopped } = scanner.push(detokenizer.flush())
      const rest = stopped ? visible : visible + scanner.flush()
      if (rest !== '') yield delta(rest)
    }
    yield end(finish)
  } finally {
    logits?.dispose()
  }
}
