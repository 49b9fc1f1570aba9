import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import { type ChatRepository, StorageError } from '#ports/storage.ts'
import type { MessageId } from '#shared/ids.ts'
import { requireConversation } from './conversations.ts'
import type { Damage } from './damage.ts'
import type { Database, Tables } from './database.ts'
import type { LivingTab } from './living-tabs.ts'
import { encodeRow, type Row } from './row.ts'

type Part = Pick<
  ChatRepository,
  'addMessage' | 'finishReply' | 'saveDraft' | 'deleteDraft' | 'listDrafts' | 'saveManifest' | 'setActual' | 'getManifest'
>

/** A stored draft also names the tab that writes it. */
export type DraftRow = Row & { readonly writer?: string }

/** Writing messages, drafts and receipts. `onMessage` hears of every committed message. */
export function replies(database: Database, damage: Damage, tab: LivingTab, onMessage: () => void): Part {
  /**
   * Stores a message and moves the head, unless that is not `headBefore` any more; the same message again changes nothing
   * but the head.
   */
  async function store(
    tables: Tables,
    message: Message,
    conversation: Conversation | undefined,
    headBefore?: MessageId,
  ): Promise<void> {
    const row = encodeRow('messages', message)
    const isNew = conversation !== undefined && !(await tables.of('conversations').get(conversation.id))
    const before = isNew
      ? { ...conversation, messageCount: 0 }
      : await requireConversation(damage, tables, message.conversationId)
    const present = await tables.of('messages').get(row.id)
    if (present && present.body !== row.body)
      throw new StorageError('internal', `A different message ${row.id} is stored already; messages are never overwritten.`)
    if (message.parentId !== undefined) {
      const parent = await tables.of('messages').get(message.parentId)
      if (parent?.conversationId !== message.conversationId)
        throw new StorageError('not-found', 'The message that this one answers is not stored in this conversation.')
    }
    // Put again where it is there already: a tab may have died before it told the second copy.
    await tables.of('messages').put(row)
    const after: Conversation = {
      ...before,
      headId: headBefore === undefined || before.headId === headBefore ? message.id : (before.headId ?? message.id),
      updatedAt: Math.max(before.updatedAt, message.createdAt),
      messageCount: before.messageCount + (present ? 0 : 1),
    }
    await tables.of('conversations').put(encodeRow('conversations', after))
    await tables.of('drafts').delete(message.id)
  }

  async function storedManifest(tables: Tables, replyId: string): Promise<Manifest | undefined> {
    const row = await tables.of('manifests').get(replyId)
    return row && damage.check('manifests', [row])[0]
  }

  return {
    async addMessage(message, conversation) {
      if (conversation?.temporary) throw new Error('Longhand bug: a temporary conversation is never stored')
      await database.writeAlways(['conversations', 'messages', 'drafts'], (tables) => store(tables, message, conversation))
      onMessage()
    },

    async finishReply(message, manifest, headBefore) {
      await database.writeAlways(['conversations', 'messages', 'drafts', 'manifests'], async (tables) => {
        await store(tables, message, undefined, headBefore)
        const actual = (await storedManifest(tables, manifest.replyId))?.actual ?? manifest.actual
        await tables.of('manifests').put(encodeRow('manifests', actual ? { ...manifest, actual } : manifest))
      })
      onMessage()
    },

    async saveDraft(draft) {
      await database.write('relaxed', ['conversations', 'messages', 'drafts'], async (tables) => {
        // A save that arrives late must not bring a finished reply's draft back.
        if (await tables.of('messages').get(draft.id)) return
        if (!(await tables.of('conversations').get(draft.conversationId)))
          throw new StorageError('not-found', 'The conversation of this reply is not stored here any more.')
        const row: DraftRow = { ...encodeRow('drafts', draft), writer: tab.id }
        await tables.of('drafts').put(row)
      })
    },

    deleteDraft: (id) => database.write('relaxed', ['drafts'], (tables) => tables.of('drafts').delete(id)),

    async listDrafts() {
      const living = await tab.living()
      const rows: DraftRow[] = await database.read(['drafts'], (tables) => tables.of('drafts').toArray())
      const left: Draft[] = damage.check(
        'drafts',
        rows.filter(({ writer }) => writer === undefined || !living?.has(writer)),
      )
      return left
    },

    async saveManifest(manifest) {
      await database.write('strict', ['manifests'], (tables) => tables.of('manifests').put(encodeRow('manifests', manifest)))
    },

    async setActual(replyId, actual) {
      await database.write('strict', ['manifests'], async (tables) => {
        const manifest = await storedManifest(tables, replyId)
        if (!manifest) throw new StorageError('not-found', 'The receipt of this reply is not stored here.')
        if (!manifest.actual) await tables.of('manifests').put(encodeRow('manifests', { ...manifest, actual }))
      })
    },

    async getManifest(replyId) {
      const row = await database.read(['manifests'], (tables) => tables.of('manifests').get(replyId))
      return row && damage.check('manifests', [row])[0]
    },
  }
}
