import type { Ask } from '#memory/ask.ts'
import type { Candidate } from '#memory/candidate.ts'
import { type Gate, gateByModel, gateOutputTokens, gatePrompt } from '#memory/gate.ts'
import type { Memory } from '#memory/memory.ts'
import { memoryGate } from '#memory/memory-candidates.ts'
import type { MemoryId } from '#shared/ids.ts'
import type { Plan } from '#strategies/profile.ts'
import { noteCalls } from './note-calls.ts'
import type { Runtime } from './runtime.ts'
import { fitsWindow } from './side-call.ts'

/** A choice by the model; undefined where the question does not fit its window. */
export type Choose = (gate: Gate<Candidate>) => Promise<readonly Candidate[] | undefined>

/** Lets the model choose, and counts what came of it. A turn that is prepared twice asks the same only once. */
export function chooseOnce(runtime: Runtime, ask: Ask): Choose {
  const known = new Map<string, readonly Candidate[]>()
  return async (gate) => {
    const prompt = gatePrompt(gate)
    const before = known.get(prompt.user)
    if (before) return before
    if (!fitsWindow(runtime, { prompt, maxOutputTokens: gateOutputTokens })) return undefined
    const { chosen, calls } = await gateByModel(gate, ask)
    known.set(prompt.user, chosen)
    await noteCalls(runtime.services.storage.settings, 'choose', calls)
    return chosen
  }
}

export type PickMemories = {
  readonly plan: Plan
  readonly memories: ReadonlyMap<MemoryId, Memory>
  readonly question: string
  /** Keys that stand in the window already and need not be chosen. */
  readonly held: ReadonlySet<string>
  readonly choose: Choose
}

/** The memories that the model picks for a message, none where it names none (rule M26); undefined where rules are to choose. */
export async function pickMemories({
  plan,
  memories: known,
  question,
  held,
  choose,
}: PickMemories): Promise<readonly Candidate[] | undefined> {
  const memories = [...known.values()].filter(({ id }) => !held.has(id))
  const picked: Candidate[] = []
  for (const { over, most } of plan.choices.filter(({ by }) => by === 'model')) {
    const chosen = await choose(memoryGate({ memories, over, most, question }))
    if (!chosen) return undefined
    picked.push(...chosen)
  }
  return picked
}
