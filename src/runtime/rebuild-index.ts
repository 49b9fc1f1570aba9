import type { Runtime } from './runtime.ts'
import { takeIn } from './take-in.ts'

/** Empties the index and fills it with what is stored: after a restore the same ids may stand for other messages. */
export async function rebuildIndex(runtime: Runtime): Promise<void> {
  const { retrieval } = runtime.services
  for (const id of (await retrieval.messageCounts()).keys()) await retrieval.removeConversation(id)
  await takeIn(runtime)
}
