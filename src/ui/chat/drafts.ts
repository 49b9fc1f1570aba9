import type { Conversation } from '#chat/conversation.ts'
import type { ConversationId } from '#shared/ids.ts'

/** A text that was typed and not sent. */
export type StoredDraft = { readonly text: string; readonly at: number }

const prefix = 'longhand.draft.'

/** Conversations that are not stored yet share one draft: each new one has another id. */
function keyOf(conversation: Conversation): string {
  return prefix + (conversation.messageCount === 0 ? 'new' : conversation.id)
}

/** The draft of a conversation; temporary ones have none. */
export function readDraft(conversation: Conversation): StoredDraft | undefined {
  if (conversation.temporary) return undefined
  const stored = localStorage.getItem(keyOf(conversation))
  const [at, ...text] = stored?.split('\n') ?? []
  return at && text.length > 0 ? { at: Number(at), text: text.join('\n') } : undefined
}

/** Keeps a draft over a reload; an empty one is removed. False when the browser has no room for it. */
export function writeDraft(conversation: Conversation, text: string, now: number): boolean {
  if (conversation.temporary) return true
  try {
    if (text === '') localStorage.removeItem(keyOf(conversation))
    else localStorage.setItem(keyOf(conversation), `${now}\n${text}`)
    return true
  } catch {
    return false
  }
}

/** Removes the draft of a conversation that is deleted. */
export function forgetDraft(id: ConversationId): void {
  localStorage.removeItem(prefix + id)
}
