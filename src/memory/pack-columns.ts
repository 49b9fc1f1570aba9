import { crc32 } from '#shared/crc32.ts'

/** Numbers of one kind side by side, or a list of texts. */
export type Column = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float64Array | readonly string[]
export type Columns = Readonly<Record<string, Column>>

/**
 * `not-packed`: other bytes. `other-version`: written by another Longhand. `damaged`: cut, or its checksum or its contents
 * are wrong.
 */
export type PackErrorType = 'not-packed' | 'other-version' | 'damaged'

/** Why bytes hold no columns that may be used. */
export class PackError extends Error {
  readonly type: PackErrorType
  constructor(type: PackErrorType, message: string) {
    super(message)
    this.name = 'PackError'
    this.type = type
  }
}

// Layout, little-endian: magic, CRC-32 of all that follows it, version, bytes of the head; then the head in JSON (name, kind
// and bytes of each column), and the columns. Each begins at a multiple of eight, so that it can be read where it lies.
const magic = 'LHIX'
const headFrom = 16
const crcFrom = 8
const kinds = { u8: Uint8Array, i8: Int8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array }
type Kinds = {
  u8: Uint8Array<ArrayBuffer>
  i8: Int8Array<ArrayBuffer>
  u16: Uint16Array<ArrayBuffer>
  u32: Uint32Array<ArrayBuffer>
  i32: Int32Array<ArrayBuffer>
  f64: Float64Array<ArrayBuffer>
}
type Kind = keyof Kinds | 'text'
type Head = readonly (readonly [name: string, kind: Kind, bytes: number])[]

const aligned = (at: number): number => Math.ceil(at / 8) * 8

/** Columns as the bytes of one piece of storage. `version` covers what the columns mean. */
export function packColumns(version: number, columns: Columns): Uint8Array<ArrayBuffer> {
  const pieces = Object.entries(columns).map(([name, column]) => ({ name, ...bytesOf(column) }))
  const head = new TextEncoder().encode(JSON.stringify(pieces.map(({ name, kind, bytes }) => [name, kind, bytes.length])))
  let at = aligned(headFrom + head.length)
  const starts = pieces.map(({ bytes }) => {
    const start = at
    at = aligned(at + bytes.length)
    return start
  })
  const packed = new Uint8Array(at)
  const view = new DataView(packed.buffer)
  packed.set(new TextEncoder().encode(magic))
  view.setUint32(8, version, true)
  view.setUint32(12, head.length, true)
  packed.set(head, headFrom)
  for (const [index, { bytes }] of pieces.entries()) packed.set(bytes, starts[index] ?? 0)
  view.setUint32(4, crc32(packed.subarray(crcFrom)), true)
  return packed
}

function bytesOf(column: Column): { readonly kind: Kind; readonly bytes: Uint8Array } {
  if (isTexts(column)) return { kind: 'text', bytes: new TextEncoder().encode(JSON.stringify(column)) }
  const kind = (Object.keys(kinds) as (keyof typeof kinds)[]).find((each) => column instanceof kinds[each])
  if (!kind) throw new Error('Longhand bug: a column of numbers of an unknown kind')
  return { kind, bytes: new Uint8Array(column.buffer, column.byteOffset, column.byteLength) }
}

const isTexts = (column: Column): column is readonly string[] => Array.isArray(column)

/** Columns read from bytes, each asked for by its name and kind. */
export type PackedColumns = {
  numbers<K extends keyof Kinds>(name: string, kind: K): Kinds[K]
  texts(name: string): readonly string[]
}

/**
 * The columns in bytes that `packColumns` made for this version. Numbers are views of the bytes, not copies.
 * @throws PackError for any other bytes; what is returned throws it for a column that is not there
 */
export function unpackColumns(version: number, packed: Uint8Array): PackedColumns {
  // Views of wider numbers need an aligned start.
  const bytes = packed.byteOffset % 8 === 0 ? packed : packed.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headFrom || new TextDecoder('latin1').decode(bytes.subarray(0, magic.length)) !== magic)
    throw new PackError('not-packed', `The bytes do not begin with ${magic}: they are no part of a search index.`)
  const found = view.getUint32(8, true)
  if (found !== version)
    throw new PackError('other-version', `The part of the search index has version ${found}, not ${version}.`)
  if (crc32(bytes.subarray(crcFrom)) !== view.getUint32(4, true))
    throw new PackError('damaged', 'The checksum of a part of the search index is wrong.')
  // From here on the checksum vouches that packColumns wrote this.
  const headLength = view.getUint32(12, true)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(headFrom, headFrom + headLength))) as Head
  const places = new Map<string, { readonly kind: Kind; readonly from: number; readonly length: number }>()
  let at = aligned(headFrom + headLength)
  for (const [name, kind, length] of head) {
    places.set(name, { kind, from: at, length })
    at = aligned(at + length)
  }
  function place(name: string, kind: Kind): { readonly from: number; readonly length: number } {
    const known = places.get(name)
    if (known?.kind !== kind) throw new PackError('damaged', `A part of the search index has no column ${name} of kind ${kind}.`)
    return known
  }
  return {
    numbers<K extends keyof Kinds>(name: string, kind: K) {
      const { from, length } = place(name, kind)
      const Make = kinds[kind] as unknown as new (buffer: ArrayBufferLike, from: number, length: number) => Kinds[K]
      return new Make(bytes.buffer, bytes.byteOffset + from, length / kinds[kind].BYTES_PER_ELEMENT)
    },
    texts(name) {
      const { from, length } = place(name, 'text')
      return JSON.parse(new TextDecoder().decode(bytes.subarray(from, from + length)))
    },
  }
}
