import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import type { Retrieval } from '#ports/retrieval.ts'
import type { MessageId } from '#shared/ids.ts'
import type { PreparedTurn } from './prepare-turn.ts'
import type { PreviewModel } from './preview-turn.ts'
import { readPath } from './read-path.ts'
import { type Runtime, repositoryOf } from './runtime.ts'
import type { OpenConversation } from './state.ts'

type Read = Awaited<ReturnType<typeof readPath>>

/** The branch that was read last. Messages never change, so while somebody types it need not be read again. */
const lastRead = new WeakMap<Runtime, { readonly key: string; readonly read: Promise<Read> }>()

function readOnce(runtime: Runtime, conversation: Conversation, headId: MessageId, windowTokens: number): Promise<Read> {
  const key = `${conversation.id} ${headId} ${windowTokens}`
  const last = lastRead.get(runtime)
  if (last?.key === key) return last.read
  const read = readPath(runtime, conversation, headId, windowTokens)
  lastRead.set(runtime, { key, read })
  // What could not be read is tried again.
  read.catch(() => lastRead.delete(runtime))
  return read
}

/** Which prompt a plan is of: of a text sent now, or of a stored reply that is made again. */
export type PlanOf = { readonly type: 'next'; readonly text: string } | { readonly type: 'again'; readonly replyId: MessageId }

/** The message of a plan, which is not stored: the same in every plan, so that one can be compared with the next. */
const unsentId: MessageId = 'msg:unsent'

const nothing: Retrieval = { candidates: [], threshold: 0, confidence: 0 }

/**
 * The prompt that would be sent, with changes, and what it was laid from; nothing is stored and no reply is made. Undefined
 * where the reply, or the message that it answers, is gone.
 */
export async function planTurn(
  runtime: Runtime,
  { conversation }: OpenConversation,
  of: PlanOf,
  { model, loaded, count }: PreviewModel,
  changes: readonly PlanChange[] = [],
): Promise<PreparedTurn | undefined> {
  const { services } = runtime
  const message = of.type === 'next' ? newMessage() : await messageOf(of.replyId)
  if (!message) return undefined
  const read = message.parentId
    ? await readOnce(runtime, conversation, message.parentId, loaded.windowTokens)
    : { path: [], pathComplete: true }
  const { prepareTurn } = await import('./prepare-turn.ts')
  return prepareTurn(runtime, {
    conversation,
    path: [...read.path, message],
    pathComplete: read.pathComplete,
    replyId: services.newId('msg'),
    model,
    loaded,
    count,
    changes,
    ...(message.text.trim() === '' ? { retrieval: nothing } : {}),
  })

  function newMessage(): Message {
    return {
      id: unsentId,
      conversationId: conversation.id,
      role: 'user',
      text: of.type === 'next' ? of.text : '',
      createdAt: services.clock.now(),
      status: 'complete',
      ...(conversation.headId ? { parentId: conversation.headId } : {}),
    }
  }

  async function messageOf(replyId: MessageId): Promise<Message | undefined> {
    const repository = repositoryOf(runtime, conversation)
    const reply = await repository.getMessage(replyId)
    return reply?.parentId && repository.getMessage(reply.parentId)
  }
}
