import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { type ChatRepository, StorageError } from '#ports/storage.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { canonicalJson } from '#storage/canonical-json.ts'
import { byTime, inListOrder } from '#storage/list-order.ts'
import { mergeImports } from '#storage/merge-import.ts'
import { type MemoryTables, put, remove } from './memory-tables.ts'

/** A ChatRepository over maps. */
export function inMemoryChat(tables: MemoryTables): ChatRepository {
  const { conversations, messages, manifests, drafts, parts, changed } = tables
  const watchers = new Map<ConversationId, Set<{ readonly call: () => void }>>()

  function requireConversation(id: ConversationId): Conversation {
    const conversation = conversations.get(id)
    if (!conversation) throw new StorageError('not-found', 'This conversation is not stored here any more.')
    return conversation
  }

  function store(message: Message, conversation?: Conversation, headBefore?: MessageId): void {
    const given = conversation && !conversations.has(conversation.id) ? { ...conversation, messageCount: 0 } : undefined
    const before = given ?? requireConversation(message.conversationId)
    const present = messages.get(message.id)
    if (present && canonicalJson(present) !== canonicalJson(message))
      throw new StorageError('internal', `A different message ${message.id} is stored already; messages are never overwritten.`)
    if (message.parentId !== undefined && messages.get(message.parentId)?.conversationId !== message.conversationId)
      throw new StorageError('not-found', 'The message that this one answers is not stored in this conversation.')
    put(tables, 'messages', message)
    put(tables, 'conversations', {
      ...before,
      headId: headBefore === undefined || before.headId === headBefore ? message.id : (before.headId ?? message.id),
      updatedAt: Math.max(before.updatedAt, message.createdAt),
      messageCount: before.messageCount + (present ? 0 : 1),
    })
    remove(tables, 'drafts', message.id)
    tellOf(message.conversationId)
  }

  function tellOf(id: ConversationId): void {
    queueMicrotask(() => {
      for (const { call } of [...(watchers.get(id) ?? [])]) call()
    })
  }

  const inConversation = (id: ConversationId) =>
    [...messages.values()].filter(({ conversationId }) => conversationId === id).sort(byTime)

  const childrenOf = (id: MessageId) => [...messages.values()].filter(({ parentId }) => parentId === id).sort(byTime)

  return {
    observeConversations(callback) {
      let wanted = true
      const tell = () => wanted && callback(structuredClone(inListOrder([...conversations.values()])))
      queueMicrotask(tell)
      const unsubscribe = changed.subscribe((table) => table === 'conversations' && tell())
      return () => {
        wanted = false
        unsubscribe()
      }
    },
    getConversation: async (id) => structuredClone(conversations.get(id)),
    async createConversation(conversation) {
      if (conversations.has(conversation.id))
        throw new StorageError('internal', `A conversation ${conversation.id} is stored already.`)
      put(tables, 'conversations', conversation)
    },
    async updateConversation(id, change) {
      put(tables, 'conversations', { ...requireConversation(id), ...change })
    },
    async restoreConversation(id) {
      const { deletedAt: _, ...conversation } = requireConversation(id)
      put(tables, 'conversations', conversation)
    },
    async purgeConversation(id) {
      for (const message of inConversation(id)) remove(tables, 'messages', message.id)
      for (const manifest of manifests.values()) if (manifest.conversationId === id) remove(tables, 'manifests', manifest.replyId)
      for (const draft of drafts.values()) if (draft.conversationId === id) remove(tables, 'drafts', draft.id)
      for (const part of parts.values()) if (part.conversationIds.includes(id)) parts.delete(part.id)
      remove(tables, 'conversations', id)
    },
    listDeleted: async (before) =>
      structuredClone([...conversations.values()].filter(({ deletedAt }) => deletedAt !== undefined && deletedAt <= before)),

    async addMessage(message, conversation) {
      store(message, conversation)
    },
    async finishReply(message, manifest, headBefore) {
      store(message, undefined, headBefore)
      const actual = manifests.get(manifest.replyId)?.actual ?? manifest.actual
      put(tables, 'manifests', actual ? { ...manifest, actual } : manifest)
    },
    async importConversations(entries) {
      const merged = mergeImports(entries, {
        conversation: (id) => conversations.get(id),
        conversationOf: (id) => messages.get(id)?.conversationId,
      })
      for (const message of merged.messages) put(tables, 'messages', message)
      for (const conversation of merged.conversations) {
        put(tables, 'conversations', conversation)
        tellOf(conversation.id)
      }
      return { conversations: merged.fresh, messages: merged.messages.length }
    },
    async saveDraft(draft) {
      if (messages.has(draft.id)) return
      requireConversation(draft.conversationId)
      put(tables, 'drafts', draft)
    },
    async deleteDraft(id) {
      remove(tables, 'drafts', id)
    },
    listDrafts: async () => structuredClone([...drafts.values()]),
    async saveManifest(manifest) {
      put(tables, 'manifests', manifest)
    },
    async setActual(replyId, actual) {
      const manifest = manifests.get(replyId)
      if (!manifest) throw new StorageError('not-found', 'The receipt of this reply is not stored here.')
      if (!manifest.actual) put(tables, 'manifests', { ...manifest, actual })
    },
    getManifest: async (replyId) => structuredClone(manifests.get(replyId)),

    getMessage: async (id) => structuredClone(messages.get(id)),
    getMessages: async (ids) => structuredClone(ids.flatMap((id) => messages.get(id) ?? [])),
    messageIds: async (conversationId) => inConversation(conversationId).map(({ id }) => id),
    async pathTail(_conversationId, headId, limit) {
      const path: Message[] = []
      let next = messages.get(headId)
      for (; next && path.length < limit; next = next.parentId && messages.get(next.parentId)) path.unshift(next)
      return { messages: structuredClone(path), complete: next === undefined }
    },
    async siblings(messages) {
      const found: Record<MessageId, readonly MessageId[]> = {}
      for (const { id, parentId, conversationId } of messages) {
        const all = inConversation(conversationId).filter((message) => message.parentId === parentId)
        if (all.length > 1) found[id] = all.map((sibling) => sibling.id)
      }
      return found
    },
    async leafBelow(id) {
      let leaf = id
      for (let child = childrenOf(leaf).at(-1); child; child = childrenOf(leaf).at(-1)) leaf = child.id
      return leaf
    },
    allMessages: async (conversationId) => structuredClone(inConversation(conversationId)),
    async *scanMessages(batchSize) {
      const all = [...messages.values()]
        .filter(({ conversationId }) => conversations.get(conversationId)?.deletedAt === undefined)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
      for (let from = 0; from < all.length; from += batchSize) yield structuredClone(all.slice(from, from + batchSize))
    },
    observeMessages(conversationId, call) {
      const entry = { call }
      const set = watchers.get(conversationId) ?? new Set()
      watchers.set(conversationId, set.add(entry))
      return () => set.delete(entry)
    },
    // Memory is not damaged behind our back: there is nothing to tell.
    observeDamage: () => () => {},
  }
}
