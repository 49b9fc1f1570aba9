import { EngineError, type ScoreProgress, type ScoreRequest, type TokenScore } from '#ports/engine.ts'
import { createDetokenizer } from './detokenizer.ts'
import { logSoftmax } from './log-softmax.ts'
import type { Pipeline } from './pipeline.ts'
import type { KvContents } from './plan-reading.ts'
import { asUtf8, openReading } from './read-prompt.ts'

/**
 * Teacher forcing: reads the prompt, then the text one token at a time, and takes from the logits before each token what the
 * model gave it. The library gives the logits of the last position alone, so every token of the text is a step of its own.
 * `kv` and `onContents` as in `generateTokens`.
 */
export async function scoreTokens(
  pipeline: Pipeline,
  kv: KvContents,
  { prompt, text }: ScoreRequest,
  watch: { readonly onProgress: (progress: ScoreProgress) => void; readonly signal: AbortSignal },
  onContents: (kv: KvContents) => void,
): Promise<readonly TokenScore[]> {
  const { signal, onProgress } = watch
  const tokens = pipeline.encode(asUtf8(text))
  const reading = openReading(pipeline, kv, prompt, onContents, tokens.length)
  const totalTokens = reading.inputTokens + tokens.length
  const progress = () => onProgress({ doneTokens: reading.filled(), totalTokens })
  const aborted = () => new EngineError('aborted', 'Scoring was cancelled.')
  progress()
  const rest = reading.rest(signal)
  let step = await rest.next()
  for (; !step.done; step = await rest.next()) progress()
  let logits = step.value
  if (!logits) throw aborted()

  const detokenizer = createDetokenizer(pipeline.decode)
  const scores: TokenScore[] = []
  let read = ''
  try {
    for (const [index, token] of tokens.entries()) {
      if (signal.aborted) throw aborted()
      const before = tokens[index - 1]
      if (before !== undefined) {
        logits = await reading.read([before])
        reading.report(detokenizer.isWaiting() ? undefined : { from: reading.inputTokens, to: reading.filled(), text: read })
        progress()
      }
      if (!logits) throw new EngineError('internal', 'There are no logits to score with.')
      const fromLogits = logits
      logits = undefined
      const logProbability = logSoftmax(await pipeline.values(fromLogits), token)
      const last = index === tokens.length - 1
      const fresh = detokenizer.push(token) + (last ? detokenizer.flush() : '')
      read += fresh
      scores.push({ text: fresh, logProbability })
    }
  } finally {
    logits?.dispose()
  }
  onProgress({ doneTokens: totalTokens, totalTokens })
  return scores
}
