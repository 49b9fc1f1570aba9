import type { Message } from '#chat/message.ts'
import { checkSummary } from '#memory/check-summary.ts'
import type { Memory } from '#memory/memory.ts'
import { summaryPrompt } from '#memory/summary-prompt.ts'
import type { WriteVersion } from './fold-branch.ts'
import { noteCalls } from './note-calls.ts'
import type { Runtime } from './runtime.ts'
import { fitsWindow, type LoadedEngine, sideCall } from './side-call.ts'

/** The messages that a version's sentences came from, as far as they are still there. */
async function messagesBehind(runtime: Runtime, version: Memory | undefined): Promise<readonly Message[]> {
  const ids = [...new Set(version?.evidence.map(({ messageId }) => messageId))]
  const { chat } = runtime.services.storage
  const found = await Promise.all(ids.map((id) => chat.getMessage(id)))
  return found.filter((message) => message !== undefined)
}

/**
 * A summary in the loaded model's words, checked line by line; undefined where the model may not write memory, where its window
 * cannot hold all that is to be taken in, or where its answer was rejected: extraction then makes the version, and it is marked so.
 */
export async function writeSummary(
  runtime: Runtime,
  supervisor: LoadedEngine,
  { plan, pinned, maxSentences, maxTokens, count }: Parameters<WriteVersion>[0],
  signal: AbortSignal,
): ReturnType<WriteVersion> {
  const { engine } = runtime.store.getState()
  if (engine.type !== 'ready' || !engine.model.writesMemory) return undefined
  const sources = { ...(plan.previous ? { previous: plan.previous } : {}), messages: plan.messages, pinned }
  const prompt = summaryPrompt({ ...sources, maxSentences })
  const question = { prompt, maxOutputTokens: maxTokens }
  if (!fitsWindow(runtime, question)) return undefined
  const output = await sideCall(runtime, supervisor, question, signal)
  const older = await messagesBehind(runtime, plan.previous)
  const checked = checkSummary({ output, ...sources, older, maxSentences, maxTokens, count })
  await noteCalls(runtime.services.storage.settings, 'summary', checked.calls)
  if (checked.verdict === 'rejected') return undefined
  return { sentences: checked.sentences, fallen: checked.fallen, modelId: engine.model.id }
}
