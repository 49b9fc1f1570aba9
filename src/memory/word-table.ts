import { crc32 } from '#shared/crc32.ts'

/**
 * Vectors of words, most frequent word first. A word's vector is its row of `values` times its scale; words are in search
 * form (text-words.ts).
 */
export type WordTable = {
  readonly dimensions: number
  readonly words: readonly string[]
  readonly scales: Float32Array
  /** `dimensions` numbers a word. */
  readonly values: Int8Array
}

/**
 * `not-a-table`: other bytes, such as a page that says "not found". `other-version`: made for another Longhand. `cut`: fewer
 * or more bytes than its header says. `damaged`: its checksum or its words are wrong.
 */
export type WordTableErrorType = 'not-a-table' | 'other-version' | 'cut' | 'damaged'

/** Why bytes are no word table. */
export class WordTableError extends Error {
  readonly type: WordTableErrorType
  constructor(type: WordTableErrorType, message: string) {
    super(message)
    this.name = 'WordTableError'
    this.type = type
  }
}

// Layout, little-endian: magic, CRC-32 of all that follows it, version, dimensions, number of words, bytes of their text;
// then the scales (float32), the values (int8), and the words in UTF-8 with a line feed between them.
const magic = 'LHWV'
const version = 1
const headerBytes = 20
const crcFrom = 8

/** A table as the bytes of one file. */
export function encodeWordTable({ dimensions, words, scales, values }: WordTable): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(words.join('\n'))
  const bytes = new Uint8Array(headerBytes + 4 * words.length + values.length + text.length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(magic))
  view.setUint16(8, version, true)
  view.setUint16(10, dimensions, true)
  view.setUint32(12, words.length, true)
  view.setUint32(16, text.length, true)
  for (const [word, scale] of scales.entries()) view.setFloat32(headerBytes + 4 * word, scale, true)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), headerBytes + 4 * words.length)
  bytes.set(text, bytes.length - text.length)
  view.setUint32(4, crc32(bytes.subarray(crcFrom)), true)
  return bytes
}

/** The checksum of a table in bytes that were parsed: tables with the same one are the same. */
export function wordTableChecksum(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true)
}

/**
 * The table in the bytes of a file. The values are a view of `bytes`, not a copy.
 * @throws WordTableError for any other bytes
 */
export function parseWordTable(bytes: Uint8Array): WordTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < magic.length || new TextDecoder('latin1').decode(bytes.subarray(0, magic.length)) !== magic)
    throw new WordTableError('not-a-table', `The bytes do not begin with ${magic}: this is no table of word vectors.`)
  if (bytes.length < headerBytes)
    throw new WordTableError('cut', `The word table ends in its header, after ${bytes.length} bytes.`)
  const found = view.getUint16(8, true)
  if (found !== version) throw new WordTableError('other-version', `The word table has version ${found}, not ${version}.`)
  const dimensions = view.getUint16(10, true)
  const count = view.getUint32(12, true)
  const valuesFrom = headerBytes + 4 * count
  const textFrom = valuesFrom + count * dimensions
  const length = textFrom + view.getUint32(16, true)
  if (bytes.length !== length)
    throw new WordTableError('cut', `The word table has ${bytes.length} bytes; its header says ${length}.`)
  if (crc32(bytes.subarray(crcFrom)) !== view.getUint32(4, true))
    throw new WordTableError('damaged', 'The checksum of the word table is wrong.')
  const scales = Float32Array.from({ length: count }, (_, word) => view.getFloat32(headerBytes + 4 * word, true))
  const words = count === 0 ? [] : new TextDecoder().decode(bytes.subarray(textFrom)).split('\n')
  if (words.length !== count || !scales.every((scale) => scale >= 0 && scale < Number.POSITIVE_INFINITY))
    throw new WordTableError('damaged', `The word table holds ${words.length} words; its header says ${count}.`)
  return { dimensions, words, scales, values: new Int8Array(bytes.buffer, bytes.byteOffset + valuesFrom, textFrom - valuesFrom) }
}
