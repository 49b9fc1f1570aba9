import type { Message } from '#chat/message.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Candidate } from './candidate.ts'
import { confidenceOf } from './confidence.ts'
import type { Cue, FactKey, Retrieval, TextHit } from './cue.ts'
import { cueTerms } from './cue-terms.ts'
import { dateRange } from './date-range.ts'
import { createIndexKeeper, type IndexKeeper } from './index-keeper.ts'
import { excerpt, roomOf } from './message-excerpt.ts'
import { createMessageTable } from './message-table.ts'
import { createMessageScorer, defaultWeights, type ScoreWeights } from './score-messages.ts'
import { searchText } from './search-text.ts'
import { overlap } from './sentence-information.ts'
import type { TextVector } from './text-vector.ts'
import type { WordVectors } from './word-vectors.ts'

/**
 * Score that a message needs to be worth its tokens. It is low: what does not fit is left out by its rank, and a question
 * about what was never said is met by the scores themselves, which fall with the share of its words that memory holds.
 */
export const retrievalThreshold = 0.2

/** A lexical index over the messages of all conversations, in memory and synchronous. */
export interface LexicalIndex {
  /** Adds messages; one that is in already is ignored. */
  add(messages: readonly Message[]): void
  removeConversation(id: ConversationId): void
  setTitle(id: ConversationId, title: string): void
  retrieve(cue: Cue): Retrieval
  search(text: string, limit: number): readonly TextHit[]
  /** For every conversation the number of its messages that are in. */
  messageCounts(): ReadonlyMap<ConversationId, number>
  /** Which of the messages are not in. */
  lacking(ids: readonly MessageId[]): readonly MessageId[]
  /** What of the index is stored, and what is to be. */
  readonly keeper: IndexKeeper
  /** Messages added from now on get a vector at once, earlier ones by `fillVectors`. `table` is the word table's checksum. */
  setWordVectors(vectors: WordVectors, table?: number): void
  /** Gives the next earlier messages their vectors, about so many characters of text; false when none is left. */
  fillVectors(characters: number): boolean
  /** Vectors of messages by a neural embedder, all of one; those of messages that are not in are left out. */
  setEmbeddings(entries: readonly MessageEmbedding[]): void
  /** Lets go of all of them. */
  clearEmbeddings(): void
}

/** A message's vector by the neural embedder. */
export type MessageEmbedding = { readonly id: MessageId; readonly vector: TextVector }

/** How an index reads cues and scores; by default as the product does. */
export type IndexOptions = {
  readonly weights?: ScoreWeights
  /** Whether phrases such as "what did you suggest" count, besides what replies and messages share with the cue. */
  readonly readsPhrases?: boolean
  /** The most messages of a part that it is stored in. */
  readonly messagesInPart?: number
}

export function createLexicalIndex({
  weights = defaultWeights,
  readsPhrases = true,
  messagesInPart,
}: IndexOptions = {}): LexicalIndex {
  const table = createMessageTable()
  const scorer = createMessageScorer(table, weights)
  const titles = new Map<ConversationId, string>()

  /** The user message that a round is named by; a message that answers none is its own. */
  function anchorOf(row: number): number {
    const parent = table.parent(row)
    return table.message(row)?.role === 'assistant' && parent >= 0 && table.message(parent)?.role === 'user' ? parent : row
  }

  /** Whether two messages stand at the same place of a conversation and say nearly the same. */
  function isEditOf(row: number, other: number): boolean {
    if (table.conversation(row) !== table.conversation(other) || table.parent(row) !== table.parent(other)) return false
    const [own, others] = [new Set(table.terms(row)), new Set(table.terms(other))]
    return Math.min(own.size, others.size) >= 0.7 * Math.max(own.size, others.size) && overlap(own, others) >= 0.8
  }

  /** Whether a message stands for another one that was taken already: another reply to the same message, or an edit of it. */
  function isDouble(row: number, taken: readonly number[], answered: ReadonlySet<number>): boolean {
    if (table.message(row)?.role === 'assistant') return answered.has(table.parent(row))
    return taken.some((other) => isEditOf(row, other))
  }

  function rowsOf(keys: readonly FactKey[]): ReadonlyMap<number, number> {
    return new Map(
      keys.flatMap(({ messageId, share }): [number, number][] => {
        const row = table.rowOf(messageId)
        return row === undefined ? [] : [[row, share]]
      }),
    )
  }

  function retrieve(cue: Cue): Retrieval {
    const own = table.conversationNumber(cue.conversationId)
    const within = cue.within && (table.conversationNumber(cue.within) ?? -1)
    const excluded = new Set<number>()
    for (const id of cue.excludeMessageIds) {
      const row = table.rowOf(id)
      if (row !== undefined) excluded.add(anchorOf(row))
    }
    const terms = cueTerms(cue.text, table, readsPhrases)
    const asked = {
      terms,
      range: dateRange(cue.text, cue.at),
      vectors: table.vectors.query(terms.topic.map(({ text }) => text).join(' ')),
      likeness: cue.embedding && table.embeddings.query(cue.embedding),
      facts: cue.byFact && rowsOf(cue.byFact),
    }
    const scored = scorer.score(asked, (row) => {
      if (!table.isLive(row)) return false
      if (cue.otherConversationsOnly && table.conversation(row) === own) return false
      if (within !== undefined && table.conversation(row) !== within) return false
      return !excluded.has(anchorOf(row))
    })
    const [best, least] = [scored.rows[0]?.total ?? 0, scored.rows.at(-1)?.total ?? 0]
    const weights = new Map(terms.terms.map((term) => [term.term, term]))
    const worthOf = (word: string) => weights.get(table.vocabulary.known(word) ?? -1)
    const candidates: Candidate[] = []
    const shown: number[] = []
    const taken: number[] = []
    const answered = new Set<number>()
    for (const [place, { row, total }] of scored.rows.entries()) {
      if (candidates.length >= cue.limit) break
      const message = table.message(row)
      if (!message || isDouble(row, taken, answered)) continue
      const standing = best > least ? (total - least) / (best - least) : 1
      const { text, spans } = excerpt(message, roomOf(message.role, standing, scored.toReplies), worthOf)
      if (text === '') continue
      if (message.role === 'user') taken.push(row)
      else if (table.parent(row) >= 0) answered.add(table.parent(row))
      const title = titles.get(message.conversationId)
      shown.push(row)
      candidates.push({
        key: message.id,
        kind: 'excerpt',
        text,
        at: message.createdAt,
        role: message.role,
        ...(message.speaker === undefined ? {} : { speaker: message.speaker }),
        conversationId: message.conversationId,
        ...(title === undefined ? {} : { conversationTitle: title }),
        evidence: spans,
        score: scored.explain(place),
      })
    }
    return {
      candidates,
      threshold: retrievalThreshold,
      confidence: confidenceOf(cue.text, shown, table),
    }
  }

  return {
    add(messages) {
      for (const message of messages) table.add(message)
    },
    removeConversation(id) {
      table.removeConversation(id)
      titles.delete(id)
    },
    setTitle(id, title) {
      titles.set(id, title)
    },
    retrieve,
    search: (text, limit) => searchText(table, text, limit),
    messageCounts: table.messageCounts,
    lacking: (ids) => ids.filter((id) => table.rowOf(id) === undefined),
    keeper: createIndexKeeper(table, messagesInPart),
    setWordVectors: (vectors, from) => table.vectors.setWords(vectors, from),
    fillVectors: (characters) => table.vectors.fill(characters),
    clearEmbeddings: () => table.embeddings.clear(),
    setEmbeddings(entries) {
      for (const { id, vector } of entries) {
        const row = table.rowOf(id)
        if (row !== undefined) table.embeddings.set(row, vector)
      }
    },
  }
}
