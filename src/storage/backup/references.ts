import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { DamagedRow } from '#ports/storage.ts'
import { pause } from '#storage/pause.ts'
import { badLine } from './line.ts'

/** Rows that are looked at before the page gets its turn. */
const rowsAtOnce = 2000

type Node = { readonly conversationId: string; readonly parentId: string | undefined; readonly line: number }

/** Follows what rows of a backup say of each other. Every method throws `bad-backup` with the line that is wrong. */
export class References {
  readonly #conversations = new Map<
    string,
    { readonly conversation: Conversation; readonly line: number; messages: number; newest: number }
  >()
  readonly #messages = new Map<string, Node>()
  readonly #drafts: { readonly draft: Draft; readonly line: number }[] = []
  readonly #lost = new Set<string>()
  readonly #jobHashes = new Set<string>()

  addConversation(line: number, conversation: Conversation): void {
    this.#conversations.set(conversation.id, { conversation, line, messages: 0, newest: conversation.updatedAt })
  }

  addMessage(line: number, message: Message): void {
    const entry = this.#conversations.get(message.conversationId)
    if (!entry) throw badLine(line, 'holds a message of a conversation that the backup does not have')
    entry.messages++
    entry.newest = Math.max(entry.newest, message.createdAt)
    this.#messages.set(message.id, { conversationId: message.conversationId, parentId: message.parentId, line })
  }

  addDraft(line: number, draft: Draft): void {
    this.#drafts.push({ draft, line })
  }

  addReceipt(line: number, conversationId: string): void {
    if (!this.#conversations.has(conversationId))
      throw badLine(line, 'holds a receipt of a conversation that the backup does not have')
  }

  addJob(line: number, hash: string): void {
    if (this.#jobHashes.has(hash)) throw badLine(line, 'repeats a job')
    this.#jobHashes.add(hash)
  }

  addDamaged({ table, key }: DamagedRow): void {
    if (table === 'messages') this.#lost.add(key)
  }

  get messageCount(): number {
    return this.#messages.size
  }

  /** Checks all that points to messages, once all rows are known. */
  async check(): Promise<void> {
    const rest = restEvery(rowsAtOnce)
    for (const { conversationId, parentId, line } of this.#messages.values()) {
      this.#expect(line, parentId, conversationId)
      await rest()
    }
    for (const { conversation, line } of this.#conversations.values()) {
      this.#expect(line, conversation.headId, conversation.id)
      await rest()
    }
    for (const { draft, line } of this.#drafts) this.#expect(line, draft.parentId, draft.conversationId)
    await this.#refuseCycles()
  }

  #expect(line: number, messageId: string | undefined, conversationId: string): void {
    if (messageId === undefined || this.#lost.has(messageId)) return
    const message = this.#messages.get(messageId)
    if (!message) throw badLine(line, 'refers to a message that the backup does not have')
    if (message.conversationId !== conversationId) throw badLine(line, 'refers to a message of another conversation')
  }

  async #refuseCycles(): Promise<void> {
    const rest = restEvery(rowsAtOnce)
    const rooted = new Set<string>()
    for (const [start, { line }] of this.#messages) {
      const walk = new Set<string>()
      for (let id: string | undefined = start; id !== undefined && !rooted.has(id); id = this.#messages.get(id)?.parentId) {
        if (walk.has(id)) throw badLine(line, 'holds a message that is its own ancestor')
        walk.add(id)
      }
      for (const id of walk) rooted.add(id)
      await rest()
    }
  }

  /** The conversations with count and time of their messages as they are in the file. */
  *conversations(): Generator<Conversation> {
    for (const { conversation, messages, newest } of this.#conversations.values())
      yield { ...conversation, messageCount: messages, updatedAt: newest }
  }

  /** Drafts whose reply is not in the backup as a finished message. */
  *drafts(): Generator<Draft> {
    for (const { draft } of this.#drafts) if (!this.#messages.has(draft.id)) yield draft
  }
}

/** Pauses at every n-th call. */
function restEvery(n: number): () => Promise<void> | undefined {
  let calls = 0
  return () => (++calls % n === 0 ? pause() : undefined)
}
