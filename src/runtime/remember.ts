import type { Message } from '#chat/message.ts'
import type { Ask, CallReport } from '#memory/ask.ts'
import { extractByRules } from '#memory/extract-by-rules.ts'
import type { Cause, MemoryKind } from '#memory/memory.ts'
import { reconcile } from '#memory/reconcile.ts'
import { refreshMemories } from './memory-actions.ts'
import type { Runtime } from './runtime.ts'

export type Remember = {
  /** What is read, oldest first; what was read before changes nothing. */
  readonly messages: readonly Message[]
  readonly kinds: readonly MemoryKind[]
  readonly cause: Cause
  /** Asks the model where the rules leave something open. */
  readonly ask?: Ask
}

/** What the user told of themselves enters memory: extract by rules, reconcile with what is known, append. */
export async function remember(runtime: Runtime, { messages, kinds, cause, ask }: Remember): Promise<CallReport> {
  const { clock, storage } = runtime.services
  const drafts = extractByRules(messages).filter(({ kind }) => kinds.includes(kind))
  const { ops, calls } = await reconcile({
    drafts,
    memories: runtime.memories.values(),
    now: clock.now(),
    cause,
    ...(ask && { ask }),
  })
  if (ops.length > 0) {
    await storage.memory.append(ops)
    await refreshMemories(runtime)
  }
  return calls
}
