import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'

/** Messages read at once: those of a usual window, in one or two pages. */
const pageSize = 64

/** Reads as much of a branch as can matter for a window: by characters, since a token is rarely more than six of them. */
export async function readPath(
  runtime: Runtime,
  conversation: Conversation,
  headId: MessageId,
  windowTokens: number,
): Promise<{ path: readonly Message[]; pathComplete: boolean }> {
  const repository = repositoryOf(runtime, conversation)
  let path: readonly Message[] = []
  for (let left = windowTokens * 8; ; ) {
    const oldest = path[0]
    // The oldest one is read once more: storage then notices where the one before it is lost.
    const { messages, complete } = await repository.pathTail(conversation.id, oldest?.id ?? headId, pageSize)
    const more = oldest ? messages.slice(0, -1) : messages
    path = [...more, ...path]
    left -= more.reduce((sum, { text }) => sum + text.length, 0)
    if (complete || left < 0) return { path, pathComplete: complete }
  }
}
