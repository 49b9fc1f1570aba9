import type { Message } from '#chat/message.ts'
import type { CountTokens } from '#context/assemble-input.ts'
import type { Manifest } from '#context/manifest.ts'
import type { LoadedModel } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { Retrieval } from '#ports/retrieval.ts'
import { readPath } from './read-path.ts'
import type { Runtime } from './runtime.ts'
import type { OpenConversation } from './state.ts'

/** The model that a prompt is laid for, with what counts its tokens. */
export type PreviewModel = { readonly model: Model; readonly loaded: LoadedModel; readonly count: CountTokens }

/** The manifest that a text would have, sent to a conversation now; nothing is stored and no reply is made. */
export async function previewTurn(
  runtime: Runtime,
  { conversation }: OpenConversation,
  text: string,
  { model, loaded, count }: PreviewModel,
): Promise<Manifest> {
  const { services } = runtime
  const message: Message = {
    id: services.newId('msg'),
    conversationId: conversation.id,
    role: 'user',
    text,
    createdAt: services.clock.now(),
    status: 'complete',
    ...(conversation.headId ? { parentId: conversation.headId } : {}),
  }
  const read = conversation.headId
    ? await readPath(runtime, conversation, conversation.headId, loaded.windowTokens)
    : { path: [], pathComplete: true }
  const nothing: Retrieval = { candidates: [], threshold: 0, confidence: 0 }
  const { prepareTurn } = await import('./prepare-turn.ts')
  const { manifest } = await prepareTurn(runtime, {
    conversation,
    path: [...read.path, message],
    pathComplete: read.pathComplete,
    replyId: services.newId('msg'),
    model,
    loaded,
    count,
    ...(text.trim() === '' ? { retrieval: nothing } : {}),
  })
  return manifest
}
