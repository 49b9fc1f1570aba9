import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { ActualUsage, Manifest } from '#context/manifest.ts'
import type { MemoryOp } from '#memory/memory.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Job } from './storage.ts'

/** Small valid values for tests of storage; each takes what the test is about. */
export function sampleConversation(id: ConversationId, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    title: 'A talk',
    titledBy: 'rule',
    createdAt: 1000,
    updatedAt: 1000,
    pinned: false,
    memory: true,
    messageCount: 0,
    ...over,
  }
}

export function sampleMessage(id: MessageId, conversationId: ConversationId, over: Partial<Message> = {}): Message {
  return { id, conversationId, role: 'user', text: `text of ${id}`, createdAt: 1000, status: 'complete', ...over }
}

export function sampleDraft(id: MessageId, conversationId: ConversationId, parentId: MessageId, text = 'so far'): Draft {
  return { id, conversationId, parentId, text, createdAt: 1000, modelId: 'model' }
}

export const sampleActual: ActualUsage = {
  inputTokens: 12,
  cachedInputTokens: 4,
  outputTokens: 3,
  queueMs: 0,
  prefillMs: 5,
  decodeMs: 6,
  ttftMs: 7,
  finishReason: 'stop',
}

export function sampleManifest(replyId: MessageId, conversationId: ConversationId, over: Partial<Manifest> = {}): Manifest {
  return {
    schema: 'longhand.manifest',
    version: 1,
    replyId,
    userMessageId: 'msg:user',
    conversationId,
    createdAt: 1000,
    epoch: { id: 'epoch:1', reason: 'first-turn', turn: 1 },
    model: { id: 'model', name: 'Model', engine: 'scripted', tokenizerId: 'words' },
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 100 },
    window: { size: 1000, reserve: 100, pressure: 900 },
    mode: 'everything-fits',
    prompt: [{ role: 'user', text: 'hello' }],
    sections: [],
    dropped: [],
    threshold: 0,
    predicted: { inputTokens: 12, cachedInputTokens: 0 },
    ...over,
  }
}

export function sampleOp(id: MemoryOp['id'], at: number): MemoryOp {
  return { id, at, cause: { type: 'user' }, type: 'retire', memoryId: 'mem:1' }
}

export function sampleJob(id: Job['id'], hash: string, createdAt: number): Job {
  return { id, type: 'consolidate', hash, conversationId: 'conv:1', createdAt, attempts: 0, payload: { reason: 'pause', n: 1 } }
}
