import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'

/** A reply on its way, as far as the list of rows must know it. */
export type LiveKey = { readonly replyId: MessageId; readonly parentId: MessageId }

/** A line of the transcript. `turn` is the number of the user's message, from 1, where it is known; replies share it. */
export type TranscriptRow =
  | { readonly type: 'user'; readonly id: MessageId; readonly message: Message; readonly saving: boolean; readonly turn?: number }
  /** Without a message: the reply is being written. */
  | { readonly type: 'reply'; readonly id: MessageId; readonly message?: Message; readonly turn?: number }

/**
 * The branch on the screen with what is not on disk yet: a message that is being committed, a reply that is being
 * written. Both stand in place of what follows their parent, as they will once stored.
 */
export function transcriptRows(
  messages: readonly Message[],
  firstTurn: number | undefined,
  saving: Message | undefined,
  live: LiveKey | undefined,
): readonly TranscriptRow[] {
  const pending = saving && !messages.some(({ id }) => id === saving.id) ? saving : undefined
  let stored = pending ? upTo(messages, pending.parentId) : messages
  const unread = live && !messages.some(({ id }) => id === live.replyId) ? live : undefined
  const writing =
    unread && (pending?.id === unread.parentId || messages.some(({ id }) => id === unread.parentId)) ? unread : undefined
  if (writing && !pending) stored = upTo(stored, writing.parentId)
  let turn = firstTurn === undefined ? undefined : firstTurn - 1
  const rows: TranscriptRow[] = []
  const numbered = () => (turn === undefined || turn < 1 ? {} : { turn })
  const addUser = (message: Message, isSaving: boolean) => {
    if (turn !== undefined) turn++
    rows.push({ type: 'user', id: message.id, message, saving: isSaving, ...numbered() })
  }
  for (const message of stored) {
    if (message.role === 'user') addUser(message, false)
    else rows.push({ type: 'reply', id: message.id, message, ...numbered() })
  }
  if (pending) addUser(pending, true)
  if (writing) rows.push({ type: 'reply', id: writing.replyId, ...numbered() })
  return rows
}

/** The branch up to a message; all of it where the message is not on it. */
function upTo(messages: readonly Message[], id: MessageId | undefined): readonly Message[] {
  if (id === undefined) return []
  const at = messages.findIndex((message) => message.id === id)
  return at === -1 ? messages : messages.slice(0, at + 1)
}
