import type { Conversation } from '#chat/conversation.ts'
import type { MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'

const pageSize = 256
/** Characters of a token, by and large. */
const tokenCharacters = 4

/** What was read last. What stands before a message never changes. */
const lastRead = new WeakMap<Runtime, { readonly oldestId: MessageId; readonly tokens: Promise<number> }>()

/** What a branch holds before a message, in tokens by its length: it is too much to be counted. */
export function earlierTokens(runtime: Runtime, conversation: Conversation, oldestId: MessageId): Promise<number> {
  const last = lastRead.get(runtime)
  if (last?.oldestId === oldestId) return last.tokens
  const tokens = read(runtime, conversation, oldestId)
  lastRead.set(runtime, { oldestId, tokens })
  tokens.catch(() => lastRead.delete(runtime))
  return tokens
}

async function read(runtime: Runtime, conversation: Conversation, oldestId: MessageId): Promise<number> {
  const repository = repositoryOf(runtime, conversation)
  let characters = 0
  for (let headId = oldestId; ; ) {
    const { messages, complete } = await repository.pathTail(conversation.id, headId, pageSize)
    const earlier = messages.slice(0, -1)
    characters += earlier.reduce((sum, { text }) => sum + text.length, 0)
    const next = earlier[0]
    if (complete || !next) return Math.ceil(characters / tokenCharacters)
    headId = next.id
  }
}
