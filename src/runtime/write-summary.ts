import { checkSummary } from '#memory/check-summary.ts'
import { summaryPrompt } from '#memory/summary-prompt.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { WriteVersion } from './fold-branch.ts'
import type { Runtime } from './runtime.ts'
import { sideCall } from './side-call.ts'

/**
 * A summary in the loaded model's words, checked line by line; undefined where the model may not write memory or its answer
 * was rejected: extraction then makes the version, and it is marked so.
 */
export async function writeSummary(
  runtime: Runtime,
  supervisor: EngineSupervisor,
  { plan, pinned, maxSentences, maxTokens, count }: Parameters<WriteVersion>[0],
  signal: AbortSignal,
): ReturnType<WriteVersion> {
  const { engine } = runtime.store.getState()
  if (engine.type !== 'ready' || !engine.model.writesMemory) return undefined
  const sources = { ...(plan.previous ? { previous: plan.previous } : {}), messages: plan.messages, pinned }
  const prompt = summaryPrompt({ ...sources, maxSentences })
  const output = await sideCall(runtime, supervisor, { prompt, maxOutputTokens: maxTokens }, signal)
  const checked = checkSummary({ output, ...sources, maxSentences, maxTokens, count })
  if (checked.verdict === 'rejected') return undefined
  return { sentences: checked.sentences, fallen: checked.fallen, modelId: engine.model.id }
}
