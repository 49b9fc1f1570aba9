import { penaltyWindow } from '#context/manifest.ts'
import { schemaGrammar } from '#engine/json/schema-grammar.ts'
import { wantedSchema } from '#engine/json/wanted-schema.ts'
import { createStopScanner } from '#engine/scripted/stop-scanner.ts'
import { EngineError, type GenerateEvent, type GenerateRequest } from '#ports/engine.ts'
import { createDetokenizer } from './detokenizer.ts'
import type { Pipeline } from './pipeline.ts'
import type { KvContents, TextSpan } from './plan-reading.ts'
import { openReading } from './read-prompt.ts'

type FinishReason = Extract<GenerateEvent, { type: 'generation-end' }>['finishReason']

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
  const schema = wantedSchema(sampling)
  const grammar = schema && schemaGrammar(schema)
  const reading = openReading(pipeline, kv, prompt, onContents)
  const { inputTokens, cachedInputTokens, unused } = reading
  const began = performance.now()
  let prefillMs: number | undefined
  const output: number[] = []
  let written: TextSpan | undefined

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
      ...(unused && { unusedCache: unused }),
    }
  }

  const progress = (): GenerateEvent => ({
    type: 'prefill-progress',
    doneTokens: reading.filled(),
    totalTokens: inputTokens,
  })
  yield progress()
  const rest = reading.rest(signal)
  let step = await rest.next()
  for (; !step.done; step = await rest.next()) yield progress()
  let logits = step.value
  if (!logits) return yield end('cancelled')
  prefillMs = performance.now() - began

  pipeline.setSeed(spread(sampling.seed))
  if (grammar !== undefined) await pipeline.begin(grammar)
  const held = grammar === undefined ? {} : { grammar }
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
      else if (output.length > 0 && reading.filled() >= pipeline.windowTokens) finish = 'length'
      if (finish !== undefined) break
      const last = output.at(-1)
      if (last !== undefined) {
        logits = await reading.read([last])
        if (!detokenizer.isWaiting()) written = { from: inputTokens, to: reading.filled(), text }
        reading.report(written)
      }
      if (!logits) throw new EngineError('internal', 'There are no logits to sample from.')
      // Sampling frees them.
      const fromLogits = logits
      logits = undefined
      const token = await pipeline.sample(fromLogits, { ...sampling, recent: reading.recent(penaltyWindow), ...held })
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
