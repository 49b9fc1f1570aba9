import type { Role } from '#chat/message.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { words } from '#shared/text-words.ts'
import type { MessageTraits } from './message-traits.ts'
import { packColumns, unpackColumns } from './pack-columns.ts'
import type { StoredMessage } from './stored-message.ts'
import { decodeText, encodeTexts, type TextBytes } from './stored-text.ts'

/**
 * Version of the layout and of the rules by which a message's columns are found: words (text-words.ts), traits and vectors.
 * Whoever changes one of them raises it, and parts that are stored are made anew; a test holds the rules to it. Stems,
 * classes of words and all counts are found again at every start and need no new version.
 */
export const indexPartVersion = 1

/** Vectors of the rows of a part, `dimensions` numbers each, made of the word table with the checksum `table`. */
export type PartVectors = {
  readonly table: number
  readonly dimensions: number
  /** 1 where a row has a vector. */
  readonly has: Uint8Array
  readonly values: Int8Array
}

/** Messages of the index with what was found out about them when they were taken in. */
export type IndexPart = {
  readonly messages: readonly StoredMessage[]
  readonly traits: readonly MessageTraits[]
  /** Every word that occurs, in search form. */
  readonly words: readonly string[]
  /** The words of message `n` in their order, as places in `words`: from `wordStarts[n]` to `wordStarts[n + 1]` of `said`. */
  readonly wordStarts: Uint32Array
  readonly said: Uint16Array | Uint32Array
  readonly vectors: PartVectors | undefined
}

const roles: readonly Role[] = ['user', 'assistant']
const noParent = -1

/** A message whose text lies in the bytes of its part until it is asked for. */
class MessageOfPart implements StoredMessage {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly role: Role
  readonly createdAt: number
  readonly parentId?: MessageId
  readonly speaker?: string
  readonly #texts: TextBytes
  readonly #place: number

  constructor(message: Omit<StoredMessage, 'text'>, texts: TextBytes, place: number) {
    this.id = message.id
    this.conversationId = message.conversationId
    this.role = message.role
    this.createdAt = message.createdAt
    if (message.parentId !== undefined) this.parentId = message.parentId
    if (message.speaker !== undefined) this.speaker = message.speaker
    this.#texts = texts
    this.#place = place
  }

  get text(): string {
    return decodeText(this.#texts, this.#place)
  }
}

/** Numbers texts in the order in which they come. */
function numbering(): { readonly texts: string[]; numberOf(text: string): number } {
  const numbers = new Map<string, number>()
  const texts: string[] = []
  return {
    texts,
    numberOf(text) {
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, texts.length)
      return texts.push(text) - 1
    },
  }
}

/** The bytes of a part. Everything in them comes from these messages alone. */
export function encodeIndexPart(
  messages: readonly StoredMessage[],
  traits: readonly MessageTraits[],
  vectors: PartVectors | undefined,
): Uint8Array<ArrayBuffer> {
  const conversations = numbering()
  const speakers = numbering()
  const found = numbering()
  const places = new Map(messages.map(({ id }, place) => [id, place]))
  const farParents: string[] = []
  const parents = messages.map(({ parentId }) => {
    if (parentId === undefined) return noParent
    return places.get(parentId) ?? noParent - farParents.push(parentId)
  })
  const said: number[] = []
  const wordStarts = new Uint32Array(messages.length + 1)
  for (const [place, { text }] of messages.entries()) {
    for (const word of words(text)) said.push(found.numberOf(word.text))
    wordStarts[place + 1] = said.length
  }
  const texts = encodeTexts(messages.map(({ text }) => text))
  return packColumns(indexPartVersion, {
    ids: messages.map(({ id }) => id),
    conversationOf: Uint32Array.from(messages, ({ conversationId }) => conversations.numberOf(conversationId)),
    conversations: conversations.texts,
    roles: Uint8Array.from(messages, ({ role }) => roles.indexOf(role)),
    speakerOf: Uint32Array.from(messages, ({ speaker }) => (speaker === undefined ? 0 : speakers.numberOf(speaker) + 1)),
    speakers: speakers.texts,
    createdAt: Float64Array.from(messages, ({ createdAt }) => createdAt),
    parents: Int32Array.from(parents),
    farParents,
    texts: texts.bytes,
    textStarts: texts.starts,
    escaped: texts.escaped,
    traits: Uint8Array.from(traits, packTraits),
    words: found.texts,
    wordStarts,
    said: found.texts.length <= 2 ** 16 ? Uint16Array.from(said) : Uint32Array.from(said),
    wide: Uint8Array.of(found.texts.length <= 2 ** 16 ? 0 : 1),
    vectorsOf: Uint32Array.of(vectors?.table ?? 0, vectors?.dimensions ?? 0),
    hasVector: vectors?.has ?? new Uint8Array(0),
    vectors: vectors?.values ?? new Int8Array(0),
  })
}

/**
 * The part in bytes that `encodeIndexPart` made.
 * @throws PackError for any other bytes, of another version's among them
 */
export function decodeIndexPart(bytes: Uint8Array): IndexPart {
  const columns = unpackColumns(indexPartVersion, bytes)
  const [table = 0, dimensions = 0] = columns.numbers('vectorsOf', 'u32')
  // Copies: the rest of the bytes can go once the part was read.
  const texts: TextBytes = {
    bytes: columns.numbers('texts', 'u8').slice(),
    starts: columns.numbers('textStarts', 'u32').slice(),
    escaped: columns.numbers('escaped', 'u8').slice(),
  }
  const ids = columns.texts('ids') as readonly MessageId[]
  const conversations = columns.texts('conversations') as readonly ConversationId[]
  const speakers = columns.texts('speakers')
  const farParents = columns.texts('farParents') as readonly MessageId[]
  const [conversationOf, speakerOf] = [columns.numbers('conversationOf', 'u32'), columns.numbers('speakerOf', 'u32')]
  const [roleOf, createdAt] = [columns.numbers('roles', 'u8'), columns.numbers('createdAt', 'f64')]
  const parents = columns.numbers('parents', 'i32')
  const wide = columns.numbers('wide', 'u8')[0] === 1
  return {
    messages: ids.map((id, place) => {
      const parent = parents[place] ?? noParent
      const parentId = parent >= 0 ? ids[parent] : farParents[noParent - 1 - parent]
      const speaker = speakers[(speakerOf[place] ?? 0) - 1]
      const message: Omit<StoredMessage, 'text'> = {
        id,
        conversationId: conversations[conversationOf[place] ?? 0] as ConversationId,
        role: roles[roleOf[place] ?? 0] as Role,
        createdAt: createdAt[place] ?? 0,
        ...(parentId !== undefined && { parentId }),
        ...(speaker !== undefined && { speaker }),
      }
      return new MessageOfPart(message, texts, place)
    }),
    traits: Array.from(columns.numbers('traits', 'u8'), unpackTraits),
    words: columns.texts('words'),
    wordStarts: columns.numbers('wordStarts', 'u32'),
    said: wide ? columns.numbers('said', 'u32') : columns.numbers('said', 'u16'),
    vectors:
      dimensions === 0
        ? undefined
        : {
            table,
            dimensions,
            has: columns.numbers('hasVector', 'u8').slice(),
            values: columns.numbers('vectors', 'i8').slice(),
          },
  }
}

const packTraits = ({ statement, number, standing }: MessageTraits): number =>
  (statement ? 1 : 0) + (number ? 2 : 0) + (standing ? 4 : 0)
const unpackTraits = (bits: number): MessageTraits => ({
  statement: (bits & 1) > 0,
  number: (bits & 2) > 0,
  standing: (bits & 4) > 0,
})
