import { type RawCompletionChunk, WllamaAbortError } from '@wllama/wllama/esm/index.js'
import type { GenerateEvent } from '#ports/engine.ts'

type End = Extract<GenerateEvent, { type: 'generation-end' }>

/**
 * Turns wllama's chunks into the port's events. Token counts are the engine's own; `countedTokens`, the prompt by our
 * counter, stands in only when the generation was cancelled before the engine reported any.
 */
export async function* followGeneration(
  countedTokens: number,
  complete: (onChunk: (chunk: RawCompletionChunk) => void) => Promise<void>,
): AsyncGenerator<GenerateEvent> {
  const ready: GenerateEvent[] = []
  let wake = () => {}
  const began = performance.now()
  let wroteFirst: number | undefined
  let inputTokens = countedTokens
  let cachedInputTokens = 0
  let outputTokens = 0
  let finish = 'stop' as End['finishReason']
  let times: { prefillMs: number; decodeMs: number } | undefined

  const onChunk = ({ choices, timings, prompt_progress: progress }: RawCompletionChunk) => {
    const [choice] = choices
    if (progress) {
      inputTokens = progress.total
      cachedInputTokens = progress.cache
      ready.push({ type: 'prefill-progress', doneTokens: progress.processed, totalTokens: progress.total })
    }
    if (timings) {
      inputTokens = timings.cache_n + timings.prompt_n
      cachedInputTokens = timings.cache_n
      outputTokens = Math.max(outputTokens, timings.predicted_n)
      times = { prefillMs: timings.prompt_ms, decodeMs: timings.predicted_ms }
    }
    if (choice?.text) {
      wroteFirst ??= performance.now()
      ready.push({ type: 'text-delta', text: choice.text, outputTokens })
    }
    if (choice?.finish_reason === 'length') finish = 'length'
    wake()
  }

  let running: 'running' | 'done' | { readonly error: unknown } = 'running'
  const settle = (how: typeof running) => {
    running = how
    wake()
  }
  complete(onChunk).then(
    () => settle('done'),
    (error: unknown) => {
      if (!(error instanceof WllamaAbortError)) return settle({ error })
      finish = 'cancelled'
      settle('done')
    },
  )
  const state = () => running
  for (;;) {
    const event = ready.shift()
    const now = state()
    if (event) yield event
    else if (now === 'done') break
    else if (now !== 'running') throw now.error
    else
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  const ended = performance.now()
  if (finish === 'cancelled' || !times)
    times = { prefillMs: (wroteFirst ?? ended) - began, decodeMs: ended - (wroteFirst ?? ended) }
  yield { type: 'generation-end', finishReason: finish, inputTokens, cachedInputTokens, outputTokens, ...times }
}
