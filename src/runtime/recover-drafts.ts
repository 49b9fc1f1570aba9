import type { Message } from '#chat/message.ts'
import type { Storage } from '#ports/storage.ts'

/** At start: what a crash or a closed page left half written becomes a message marked interrupted. Returns how many. */
export async function recoverDrafts(storage: Storage): Promise<number> {
  const drafts = await storage.chat.listDrafts()
  for (const draft of drafts) {
    const reply: Message = {
      id: draft.id,
      conversationId: draft.conversationId,
      parentId: draft.parentId,
      role: 'assistant',
      text: draft.text,
      ...(draft.thought ? { thought: draft.thought } : {}),
      createdAt: draft.createdAt,
      status: 'interrupted',
      modelId: draft.modelId,
      ...(draft.continues ? { continues: draft.continues } : {}),
    }
    const manifest = await storage.chat.getManifest(draft.id)
    if (manifest) await storage.chat.finishReply(reply, manifest)
    else {
      await storage.chat.addMessage(reply)
      await storage.chat.deleteDraft(draft.id)
    }
  }
  return drafts.length
}
