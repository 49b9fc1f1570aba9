import type { Message } from '#chat/message.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { words } from '#shared/text-words.ts'
import { roomFor } from './growing-array.ts'
import type { IndexPart } from './index-part.ts'
import { createMessageEmbeddings, type MessageEmbeddings } from './message-embeddings.ts'
import { type MessageTraits, messageTraits } from './message-traits.ts'
import { createMessageVectors, type MessageVectors } from './message-vectors.ts'
import { createPostings, type Postings } from './postings.ts'
import type { StoredMessage } from './stored-message.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/** Rows of messages with their terms, in the order in which they came. A row number is never used twice. */
export interface MessageTable {
  readonly vocabulary: Vocabulary
  readonly postings: Postings
  readonly vectors: MessageVectors
  readonly embeddings: MessageEmbeddings
  /** Rows ever made, dead ones included. */
  readonly rows: number
  readonly liveRows: number
  /** Mean number of words of meaning. */
  readonly meanLength: number
  add(message: Message): void
  /** Adds the messages of a part that are not in yet, and tells how many these were. */
  addPart(part: IndexPart): number
  removeConversation(id: ConversationId): void
  rowOf(id: MessageId): number | undefined
  /** Undefined once its conversation was removed. */
  message(row: number): StoredMessage | undefined
  conversation(row: number): number
  conversationNumber(id: ConversationId): number | undefined
  readonly conversations: number
  /** For every conversation the number of its messages. */
  messageCounts(): ReadonlyMap<ConversationId, number>
  isLive(row: number): boolean
  /** For every row its words of meaning plus one, 0 where it was removed; and the number of its episode. For tight loops. */
  readonly liveLengths: Uint32Array
  readonly episodeNumbers: Uint32Array
  /** Episodes ever made: stretches of one conversation without a long pause. */
  readonly episodes: number
  /** Words of meaning of an episode; 0 once it was removed. */
  episodeLength(episode: number): number
  /** Mean over live episodes. */
  readonly meanEpisodeLength: number
  /** Words of meaning. */
  length(row: number): number
  traits(row: number): MessageTraits
  /** The name, in search form, that a speaker of some message is called by, where the word is one. */
  isSpeaker(word: string): boolean
  /** Whether the message's speaker is called so. */
  isSaidBy(row: number, name: string): boolean
  /** Terms of the words of meaning, in their order. */
  terms(row: number): Uint32Array
  /** Live messages that hold the term. */
  frequency(term: number): number
  /** The message before this one on its branch, or -1. */
  parent(row: number): number
  /** The messages after this one, newest last. */
  children(row: number): readonly number[]
  /** The last of these, or -1. */
  newestChild(row: number): number
}

/** A pause that ends an episode. */
const pauseMs = 3 * 3_600_000
const plain: MessageTraits = { statement: false, number: false, standing: false }
const none: readonly number[] = []

export function createMessageTable(): MessageTable {
  const vocabulary = createVocabulary()
  const postings = createPostings()
  const messages: (StoredMessage | undefined)[] = []
  const vectors = createMessageVectors(
    (row) => messages[row]?.text,
    () => messages.length,
  )
  const embeddings = createMessageEmbeddings()
  const rowsById = new Map<MessageId, number>()
  const conversationNumbers = new Map<ConversationId, number>()
  const rowsOfConversation: number[][] = []
  const childrenOf = new Map<number, number[]>()
  /** One more than the row of the newest child, 0 where there is none: asked for thousands of times a cue. */
  let newestChildren = new Uint32Array(64)
  const orphans = new Map<MessageId, number[]>()
  let conversationOf = new Uint32Array(64)
  let parents = new Int32Array(64)
  const traitsOf: MessageTraits[] = []
  /** First names of speakers in search form, with the number of their messages. */
  const speakers = new Map<string, number>()
  let episodeOf = new Uint32Array(64)
  const episodeLengths: number[] = []
  let liveEpisodes = 0
  let liveLengths = new Uint32Array(64)
  let starts = new Uint32Array(64)
  let sequence = new Uint32Array(1 << 12)
  let frequencies = new Uint32Array(1 << 10)
  /** How often a term occurs in the message that is being added; 0 between messages. */
  let occurrences = new Uint32Array(1 << 10)
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
    newestChildren[parent] = (childrenOf.get(parent)?.at(-1) ?? -1) + 1
  }

  /** A message that goes while the one before it is missing must not be found again as a child of it. */
  function forgetOrphan({ parentId }: StoredMessage, row: number): void {
    const waiting = parentId && orphans.get(parentId)?.filter((child) => child !== row)
    if (!parentId || !waiting) return
    if (waiting.length > 0) orphans.set(parentId, waiting)
    else orphans.delete(parentId)
  }

  /** The episode of a message: that of the one before it, unless a long pause lies between. */
  function episodeFor(message: StoredMessage, parent: number | undefined): number {
    const before = parent === undefined ? undefined : messages[parent]
    if (before && parent !== undefined && message.createdAt - before.createdAt <= pauseMs) return episodeOf[parent] ?? 0
    liveEpisodes++
    return episodeLengths.push(0) - 1
  }

  const length = (row: number): number => (starts[row + 1] ?? 0) - (starts[row] ?? 0)
  const termsOf = (row: number): Uint32Array => sequence.subarray(starts[row] ?? 0, starts[row + 1] ?? 0)

  /** Files a message whose words are known: `terms` of all of them, in their order. */
  function addRow(message: StoredMessage, traits: MessageTraits, terms: Uint32Array): void {
    const { id, conversationId, speaker, parentId } = message
    const row = messages.length
    const episode = episodeFor(message, parentId && rowsById.get(parentId))
    messages.push(message)
    traitsOf[row] = traits
    const name = nameOf(speaker)
    if (name !== undefined) speakers.set(name, (speakers.get(name) ?? 0) + 1)
    episodeOf = roomFor(episodeOf, row + 1)
    episodeOf[row] = episode
    rowsById.set(id, row)
    const conversation = numberOf(conversationId)
    rowsOfConversation[conversation]?.push(row)
    conversationOf = roomFor(conversationOf, row + 1)
    conversationOf[row] = conversation
    parents = roomFor(parents, row + 1)
    parents[row] = -1
    newestChildren = roomFor(newestChildren, row + 1)
    if (parentId) {
      const parent = rowsById.get(parentId)
      if (parent !== undefined) link(parent, row)
      else orphans.set(parentId, [...(orphans.get(parentId) ?? []), row])
    }
    for (const child of orphans.get(id) ?? []) link(row, child)
    orphans.delete(id)

    starts = roomFor(starts, row + 2)
    starts[row] = used
    occurrences = roomFor(occurrences, vocabulary.size)
    frequencies = roomFor(frequencies, vocabulary.size)
    sequence = roomFor(sequence, used + terms.length)
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at] ?? 0
      occurrences[term] = (occurrences[term] ?? 0) + 1
      if (vocabulary.classOf(term) !== 'stop') sequence[used++] = term
    }
    starts[row + 1] = used
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at] ?? 0
      const count = occurrences[term] ?? 0
      if (count === 0) continue
      occurrences[term] = 0
      postings.add(term, row, count)
      frequencies[term] = (frequencies[term] ?? 0) + 1
    }
    live++
    liveLength += length(row)
    episodeLengths[episode] = (episodeLengths[episode] ?? 0) + length(row)
    liveLengths = roomFor(liveLengths, row + 1)
    liveLengths[row] = length(row) + 1
  }

  return {
    vocabulary,
    postings,
    vectors,
    embeddings,
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
    get episodeNumbers() {
      return episodeOf
    },
    get episodes() {
      return episodeLengths.length
    },
    episodeLength: (episode) => episodeLengths[episode] ?? 0,
    get meanEpisodeLength() {
      return liveEpisodes === 0 ? 1 : Math.max(1, liveLength / liveEpisodes)
    },
    get conversations() {
      return rowsOfConversation.length
    },
    add(message) {
      if (rowsById.has(message.id)) return
      const { id, conversationId, role, speaker, text, createdAt, parentId } = message
      const found = words(text)
      const terms = new Uint32Array(found.length)
      for (const [at, word] of found.entries()) terms[at] = vocabulary.term(word.text)
      vectors.add(messages.length, found)
      const stored = { id, conversationId, role, text, createdAt, ...(parentId && { parentId }), ...(speaker && { speaker }) }
      addRow(stored, messageTraits(message), terms)
    },
    addPart({ messages: stored, traits, words: known, wordStarts, said, vectors: found }) {
      const before = messages.length
      const termOf = Uint32Array.from(known, vocabulary.term)
      for (const [place, message] of stored.entries()) {
        if (rowsById.has(message.id)) continue
        const from = wordStarts[place] ?? 0
        const terms = new Uint32Array((wordStarts[place + 1] ?? 0) - from)
        for (let at = 0; at < terms.length; at++) terms[at] = termOf[said[from + at] ?? 0] ?? 0
        addRow(message, traits[place] ?? plain, terms)
        vectors.addStored(messages.length - 1, found, place)
      }
      return messages.length - before
    },
    removeConversation(id) {
      const number = conversationNumbers.get(id)
      if (number === undefined) return
      const gone = new Set<number>()
      for (const row of rowsOfConversation[number] ?? []) {
        const message = messages[row]
        if (!message) continue
        for (const term of new Set(words(message.text).map((word) => vocabulary.term(word.text))))
          frequencies[term] = (frequencies[term] ?? 1) - 1
        rowsById.delete(message.id)
        forgetOrphan(message, row)
        childrenOf.delete(row)
        newestChildren[row] = 0
        messages[row] = undefined
        vectors.remove(row)
        embeddings.remove(row)
        gone.add(episodeOf[row] ?? 0)
        const name = nameOf(message.speaker)
        if (name !== undefined) speakers.set(name, (speakers.get(name) ?? 1) - 1)
        liveLengths[row] = 0
        live--
        liveLength -= length(row)
      }
      for (const episode of gone) episodeLengths[episode] = 0
      liveEpisodes -= gone.size
      rowsOfConversation[number] = []
      conversationNumbers.delete(id)
    },
    rowOf: (id) => rowsById.get(id),
    message: (row) => messages[row],
    conversation: (row) => conversationOf[row] ?? 0,
    messageCounts: () =>
      new Map([...conversationNumbers].map(([id, number]) => [id, rowsOfConversation[number]?.length ?? 0] as const)),
    conversationNumber: (id) => conversationNumbers.get(id),
    isLive: (row) => messages[row] !== undefined,
    length,
    traits: (row) => traitsOf[row] ?? plain,
    isSpeaker: (word) => (speakers.get(word) ?? 0) > 0,
    isSaidBy: (row, name) => nameOf(messages[row]?.speaker) === name,
    terms: termsOf,
    frequency: (term) => frequencies[term] ?? 0,
    parent: (row) => parents[row] ?? -1,
    children: (row) => childrenOf.get(row) ?? none,
    newestChild: (row) => (newestChildren[row] ?? 0) - 1,
  }
}

/** What a speaker is called: the first word of the name, in search form. */
function nameOf(speaker: string | undefined): string | undefined {
  return speaker === undefined ? undefined : words(speaker)[0]?.text
}
