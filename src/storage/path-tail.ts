import { Dexie } from 'dexie'
import type { Message } from '#chat/message.ts'
import type { PathTail } from '#ports/storage.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Damage } from './damage.ts'
import type { Tables } from './database.ts'
import { conversationIndex } from './rebuild-conversation.ts'
import type { Row } from './row.ts'

/** The page that ends at a message, itself included, newest first. */
async function pageBefore(tables: Tables, damage: Damage, end: Message, size: number): Promise<readonly Message[]> {
  const rows = await tables
    .of('messages')
    .where(conversationIndex)
    .between([end.conversationId, Dexie.minKey, Dexie.minKey], [end.conversationId, end.createdAt, end.id], true, true)
    .reverse()
    .limit(size)
    .toArray()
  return damage.check('messages', rows)
}

/**
 * Walks from the head to its ancestors through pages of messages, newest first. Where the next ancestor is not in the
 * page (other branches lie between, or a clock went backwards), it is read by its id and the next page ends at it, so the
 * cost depends on `limit` and on the number of such gaps, never on the size of the conversation.
 */
export async function readPathTail(tables: Tables, damage: Damage, headId: MessageId, limit: number): Promise<PathTail> {
  const path: Message[] = []
  const known = new Map<MessageId, Message>()
  const seen = new Set<MessageId>()
  let nextId: MessageId | undefined = headId

  while (nextId !== undefined && path.length < limit && !seen.has(nextId)) {
    let message = known.get(nextId)
    if (!message) {
      const row: Row | undefined = await tables.of('messages').get(nextId)
      message = damage.check('messages', row === undefined ? [] : [row])[0]
      if (!message) {
        if (row === undefined && path.length > 0) damage.reportMissing('messages', nextId)
        nextId = undefined
        break
      }
      const size = Math.min(Math.max(limit - path.length, 16), 500)
      for (const found of await pageBefore(tables, damage, message, size)) known.set(found.id, found)
    }
    seen.add(message.id)
    path.push(message)
    nextId = message.parentId
  }
  return { messages: path.reverse(), complete: nextId === undefined }
}
