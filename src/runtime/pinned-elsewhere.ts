import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { PromptWishes } from '#chat/prompt-wishes.ts'
import { pinnedMemory, pinnedMessage } from '#context/apply-wishes.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'

/** What is pinned for a conversation and was neither retrieved nor stands on its branch; what was deleted is passed over. */
export async function pinnedElsewhere(
  runtime: Runtime,
  conversation: Conversation,
  { pinned }: PromptWishes,
  known: { readonly candidates: readonly Candidate[]; readonly path: readonly Message[] },
): Promise<readonly Candidate[]> {
  const here = new Set<string>([...known.candidates.map(({ key }) => key), ...known.path.map(({ id }) => id)])
  const found = await Promise.all(
    pinned
      .filter((key) => !here.has(key))
      .map(async (key) => {
        if (!key.startsWith('mem:')) {
          const message = await repositoryOf(runtime, conversation).getMessage(key as MessageId)
          return message && message.text !== '' ? pinnedMessage(message) : undefined
        }
        const memory = runtime.memories.get(key as MemoryId)
        return memory && !memory.retired ? pinnedMemory(memory) : undefined
      }),
  )
  return found.filter((candidate) => candidate !== undefined)
}
