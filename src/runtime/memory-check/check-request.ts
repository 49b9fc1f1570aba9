import { type Finding, lintMemory } from '#memory/lint-memory.ts'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'

/** What is looked through for findings, as it goes to a worker. */
export type CheckRequest = {
  readonly memories: readonly Memory[]
  readonly now: number
  readonly roles: ReadonlyMap<MessageId, 'user' | 'assistant'>
}

/** In this thread: in the worker, and for Node and tests. */
export function checkHere({ memories, now, roles }: CheckRequest): readonly Finding[] {
  return lintMemory({ memories, now, roleOf: (id) => roles.get(id) })
}
