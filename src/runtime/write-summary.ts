import type { Sentence } from '#memory/memory.ts'
import type { FoldPlan } from '#memory/plan-fold.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { Runtime } from './runtime.ts'

type Ask = {
  readonly plan: FoldPlan
  readonly pinned: readonly Sentence[]
  readonly maxSentences: number
  readonly maxTokens: number
  readonly count: (text: string) => number
}

export async function writeSummary(
  _runtime: Runtime,
  _supervisor: EngineSupervisor,
  _ask: Ask,
  _signal: AbortSignal,
): Promise<{ readonly sentences: readonly Sentence[]; readonly modelId: string } | undefined> {
  return undefined
}
