import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'

/** Reads as much of a branch as can matter for a window: by characters, since a token is rarely more than six of them. */
export async function readPath(
  runtime: Runtime,
  conversation: Conversation,
  headId: MessageId,
  windowTokens: number,
): Promise<{ path: readonly Message[]; pathComplete: boolean }> {
  const repository = repositoryOf(runtime, conversation)
  for (let limit = 200; ; limit *= 4) {
    const { messages, complete } = await repository.pathTail(conversation.id, headId, limit)
    const characters = messages.reduce((sum, message) => sum + message.text.length, 0)
    if (complete || characters > windowTokens * 8) return { path: messages, pathComplete: complete }
  }
}
