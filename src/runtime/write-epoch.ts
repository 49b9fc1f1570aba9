import type { Message } from '#chat/message.ts'
import { type Ask, type AskPrompt, addCalls, type CallReport } from '#memory/ask.ts'
import { editCore } from '#memory/edit-core.ts'
import { extractByModel, withoutTold } from '#memory/extract-by-model.ts'
import { extractByRules } from '#memory/extract-by-rules.ts'
import { factSpec } from '#memory/extract-spec.ts'
import type { Cause, MemoryOp } from '#memory/memory.ts'
import { reconcile } from '#memory/reconcile.ts'
import { splitRounds } from '#memory/split-rounds.ts'
import { writePortrait } from '#memory/write-portrait.ts'
import { writeSegments } from '#memory/write-segments.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Plan } from '#strategies/profile.ts'
import { refreshMemories } from './memory-actions.ts'
import { type CallKind, noteCalls } from './note-calls.ts'
import { cachedWindow } from './rolling-load.ts'
import type { Runtime } from './runtime.ts'
import { fitsWindow, type LoadedEngine, sideCall } from './side-call.ts'

export type WriteEpoch = {
  readonly plan: Plan
  /** The branch that the epoch ended on, oldest first, and its end that is new to memory. */
  readonly path: readonly Message[]
  readonly fresh: readonly Message[]
  readonly conversationId: ConversationId
  readonly cause: Cause
  readonly signal: AbortSignal
}

/**
 * What a profile writes at the close of an epoch, after the summary: facts, segments, the portrait. Facts by the model only
 * where it may write memory; rules have read them after each reply. Every step is idempotent, so that a job which a turn cut
 * off is simply run again.
 */
export async function writeEpoch(
  runtime: Runtime,
  supervisor: LoadedEngine,
  { plan, path, fresh, conversationId, cause, signal }: WriteEpoch,
): Promise<void> {
  const { clock, storage } = runtime.services
  const writers = plan.writers.filter(({ on }) => on === 'epoch').map(({ writer }) => writer)
  const append = async (ops: readonly MemoryOp[]) => {
    if (ops.length === 0) return
    await storage.memory.append(ops)
    await refreshMemories(runtime)
  }
  const known = () => runtime.memories.values()
  const note = (kind: CallKind, report: CallReport) => noteCalls(storage.settings, kind, report)

  const model = scribe(runtime)
  if (writers.includes('facts') && model) {
    const ask: Ask = (prompt, maxOutputTokens) => sideCall(runtime, supervisor, { prompt, maxOutputTokens }, signal)
    const fits = (prompt: AskPrompt, maxOutputTokens: number) => fitsWindow(runtime, { prompt, maxOutputTokens })
    const rounds = splitRounds(fresh)
    const { drafts, calls } = await extractByModel({ spec: factSpec, rounds, modelId: model.id, ask, fits })
    const news = withoutTold(drafts, fresh, extractByRules(fresh))
    const told = drafts.length - news.length
    const settled = await reconcile({ drafts: news, memories: known(), now: clock.now(), cause, ask })
    await append(settled.ops)
    await note('facts', told === 0 ? calls : addCalls(calls, { asked: 0, parsed: 0, lines: 0, dropped: told, why: { told } }))
    await note('reconcile', settled.calls)
  }
  if (writers.includes('core') && model && fresh.length > 0) {
    const ask: Ask = (prompt, maxOutputTokens) => sideCall(runtime, supervisor, { prompt, maxOutputTokens }, signal)
    const search = async (query: string) =>
      (await runtime.services.retrieval.search(query, 5)).map(({ role, excerpt }) => `${role}: ${excerpt}`)
    const maxSteps = plan.knobs['mem-gpt.steps'] ?? 3
    const about = { messages: withinWindow(runtime, fresh), memories: known(), conversationId, modelId: model.id }
    const { ops, calls } = await editCore({ ...about, ask, search, maxSteps, now: clock.now(), cause })
    await append(ops)
    await note('core', calls)
  }
  if (signal.aborted) return
  if (writers.includes('segments')) {
    const count = (text: string) => runtime.counter?.count(text) ?? Math.ceil(text.length / 4)
    const policy = { by: 'topic' } as const
    await append(writeSegments({ path, memories: known(), policy, now: clock.now(), cause, count }))
  }
  if (writers.includes('portrait')) {
    const days = plan.knobs['memory-bank.retentionDays']
    await append(writePortrait({ memories: known(), now: clock.now(), cause, ...(days !== undefined && { days }) }))
  }
}

/** The newest messages that leave room in the window for the core, the question and the answer. */
function withinWindow({ counter, store }: Runtime, messages: readonly Message[]): readonly Message[] {
  const { engine } = store.getState()
  let left = engine.type === 'ready' ? cachedWindow(engine.loaded) / 2 : 0
  const from = messages.findLastIndex(({ text }) => {
    left -= (counter?.count(text) ?? text.length) + 8
    return left < 0
  })
  return messages.slice(from + 1)
}

/** The loaded model, where its words may enter memory. */
function scribe(runtime: Runtime) {
  const { engine } = runtime.store.getState()
  return engine.type === 'ready' && engine.model.writesMemory ? engine.model : undefined
}
