import type { Message } from '#chat/message.ts'
import { splitRounds } from '#memory/split-rounds.ts'
import type { Job } from '#ports/storage.ts'
import { consolidateHandler } from '#runtime/consolidate-handler.ts'
import { remember } from '#runtime/remember.ts'
import type { LoadedEngine } from '#runtime/side-call.ts'
import { planOf } from '#strategies/profiles.ts'
import type { MemoryRuntime } from './memory-runtime.ts'
import type { Branch } from './one-branch.ts'

const noEngine: LoadedEngine = {
  ready() {
    throw new Error('No model is loaded.')
  },
}

/** Puts a branch into storage, where the jobs read it. */
export async function takeIn(runtime: MemoryRuntime, { conversation, messages }: Branch): Promise<void> {
  await runtime.services.storage.chat.importConversations([{ conversation, messages }])
}

/**
 * One epoch as the product lives it: rules read every round of it, then the job of its end writes the summary and what else
 * the profile writes, by the model where the runtime has one that may.
 */
export async function liveEpoch(
  runtime: MemoryRuntime,
  { conversation }: Branch,
  fresh: readonly Message[],
  engine: LoadedEngine = noEngine,
): Promise<void> {
  const last = fresh.at(-1)
  if (!last) return
  runtime.moveTo(last.createdAt)
  const kinds = planOf(conversation.profile).writers.flatMap((writer) =>
    writer.writer === 'facts' && writer.on === 'round' ? writer.kinds : [],
  )
  for (const { messages } of splitRounds(fresh)) {
    const replyId = messages.at(-1)?.id ?? last.id
    await remember(runtime, { messages, kinds, cause: { type: 'round-closed', conversationId: conversation.id, replyId } })
  }
  const job: Job = {
    id: `job:${last.id}`,
    type: 'consolidate',
    hash: `consolidate:${last.id}`,
    conversationId: conversation.id,
    createdAt: runtime.services.clock.now(),
    attempts: 0,
    payload: { headId: last.id },
  }
  const outcome = await consolidateHandler(runtime, engine, () => {})(job, new AbortController().signal)
  if (outcome !== 'done') throw new Error('The job of an epoch did not end.')
}

/** The messages of each epoch, given the last message of each. */
export function epochsOf({ messages }: Branch, ends: readonly Message[]): readonly (readonly Message[])[] {
  let from = 0
  return ends.map(({ id }) => {
    const to = messages.findIndex((message) => message.id === id) + 1
    const epoch = messages.slice(from, to)
    from = to
    return epoch
  })
}
