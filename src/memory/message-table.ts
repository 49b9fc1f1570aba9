import type { Message } from '#chat/message.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { words } from '#shared/text-words.ts'
import { roomFor } from './growing-array.ts'
import { createPostings, type Postings } from './postings.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/** What the index keeps of a message besides its columns. */
export type StoredMessage = Pick<Message, 'id' | 'conversationId' | 'role' | 'text' | 'createdAt' | 'parentId'>

/** Rows of messages with their terms, in the order in which they came. A row number is never used twice. */
export interface MessageTable {
  readonly vocabulary: Vocabulary
  readonly postings: Postings
  /** Rows ever made, dead ones included. */
  readonly rows: number
  readonly liveRows: number
  /** Mean number of words of meaning. */
  readonly meanLength: number
  add(message: Message): void
  removeConversation(id: ConversationId): void
  rowOf(id: MessageId): number | undefined
  /** Undefined once its conversation was removed. */
  message(row: number): StoredMessage | undefined
  conversation(row: number): number
  conversationNumber(id: ConversationId): number | undefined
  readonly conversations: number
  isLive(row: number): boolean
  /** For every row its words of meaning plus one, 0 where it was removed; and its conversation's number. For tight loops. */
  readonly liveLengths: Uint32Array
  readonly conversationNumbers: Uint32Array
  /** Words of meaning. */
  length(row: number): number
  /** Whether the user speaks of themselves in it. */
  isStatement(row: number): boolean
  /** Terms of the words of meaning, in their order. */
  terms(row: number): Uint32Array
  /** Live messages that hold the term. */
  frequency(term: number): number
  /** The message before this one on its branch, or -1. */
  parent(row: number): number
  /** The messages after this one, newest last. */
  children(row: number): readonly number[]
}

const firstPerson = /\b(?:I|my|mine|we|our)\b/i
const none: readonly number[] = []

export function createMessageTable(): MessageTable {
  const vocabulary = createVocabulary()
  const postings = createPostings()
  const messages: (StoredMessage | undefined)[] = []
  const rowsById = new Map<MessageId, number>()
  const conversationNumbers = new Map<ConversationId, number>()
  const rowsOfConversation: number[][] = []
  const childrenOf = new Map<number, number[]>()
  const orphans = new Map<MessageId, number[]>()
  let conversationOf = new Uint32Array(64)
  let parents = new Int32Array(64)
  let statements = new Uint8Array(64)
  let liveLengths = new Uint32Array(64)
  let starts = new Uint32Array(64)
  let sequence = new Uint32Array(1 << 12)
  let frequencies = new Uint32Array(1 << 10)
  let used = 0
  let live = 0
  let liveLength = 0

  function numberOf(id: ConversationId): number {
    let number = conversationNumbers.get(id)
    if (number === undefined) {
      number = rowsOfConversation.length
      conversationNumbers.set(id, number)
      rowsOfConversation.push([])
    }
    return number
  }

  function link(parent: number, child: number): void {
    parents[child] = parent
    const known = childrenOf.get(parent)
    if (!known) childrenOf.set(parent, [child])
    else {
      known.push(child)
      known.sort((a, b) => (messages[a]?.createdAt ?? 0) - (messages[b]?.createdAt ?? 0) || a - b)
    }
  }

  const length = (row: number): number => (starts[row + 1] ?? 0) - (starts[row] ?? 0)
  const termsOf = (row: number): Uint32Array => sequence.subarray(starts[row] ?? 0, starts[row + 1] ?? 0)

  return {
    vocabulary,
    postings,
    get rows() {
      return messages.length
    },
    get liveRows() {
      return live
    },
    get meanLength() {
      return live === 0 ? 1 : Math.max(1, liveLength / live)
    },
    get liveLengths() {
      return liveLengths
    },
    get conversationNumbers() {
      return conversationOf
    },
    get conversations() {
      return rowsOfConversation.length
    },
    add(message) {
      if (rowsById.has(message.id)) return
      const row = messages.length
      const { id, conversationId, role, text, createdAt, parentId } = message
      messages.push({ id, conversationId, role, text, createdAt, ...(parentId && { parentId }) })
      rowsById.set(id, row)
      const conversation = numberOf(conversationId)
      rowsOfConversation[conversation]?.push(row)
      conversationOf = roomFor(conversationOf, row + 1)
      conversationOf[row] = conversation
      parents = roomFor(parents, row + 1)
      parents[row] = -1
      if (parentId) {
        const parent = rowsById.get(parentId)
        if (parent !== undefined) link(parent, row)
        else orphans.set(parentId, [...(orphans.get(parentId) ?? []), row])
      }
      for (const child of orphans.get(id) ?? []) link(row, child)
      orphans.delete(id)

      const counts = new Map<number, number>()
      statements = roomFor(statements, row + 1)
      statements[row] = role === 'user' && firstPerson.test(text) ? 1 : 0
      starts = roomFor(starts, row + 2)
      starts[row] = used
      for (const word of words(text)) {
        const term = vocabulary.term(word.text)
        counts.set(term, (counts.get(term) ?? 0) + 1)
        if (vocabulary.classOf(term) === 'stop') continue
        sequence = roomFor(sequence, used + 1)
        sequence[used++] = term
      }
      starts[row + 1] = used
      frequencies = roomFor(frequencies, vocabulary.size)
      for (const [term, count] of counts) {
        postings.add(term, row, count)
        frequencies[term] = (frequencies[term] ?? 0) + 1
      }
      live++
      liveLength += length(row)
      liveLengths = roomFor(liveLengths, row + 1)
      liveLengths[row] = length(row) + 1
    },
    removeConversation(id) {
      const number = conversationNumbers.get(id)
      if (number === undefined) return
      for (const row of rowsOfConversation[number] ?? []) {
        const message = messages[row]
        if (!message) continue
        for (const term of new Set(words(message.text).map((word) => vocabulary.term(word.text))))
          frequencies[term] = (frequencies[term] ?? 1) - 1
        rowsById.delete(message.id)
        orphans.delete(message.id)
        childrenOf.delete(row)
        messages[row] = undefined
        liveLengths[row] = 0
        live--
        liveLength -= length(row)
      }
      rowsOfConversation[number] = []
      conversationNumbers.delete(id)
    },
    rowOf: (id) => rowsById.get(id),
    message: (row) => messages[row],
    conversation: (row) => conversationOf[row] ?? 0,
    conversationNumber: (id) => conversationNumbers.get(id),
    isLive: (row) => messages[row] !== undefined,
    length,
    isStatement: (row) => statements[row] === 1,
    terms: termsOf,
    frequency: (term) => frequencies[term] ?? 0,
    parent: (row) => parents[row] ?? -1,
    children: (row) => childrenOf.get(row) ?? none,
  }
}
