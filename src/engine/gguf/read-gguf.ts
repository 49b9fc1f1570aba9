import { type GgmlType, ggmlTypes } from './ggml-types.ts'

export type GgufValue = string | number | boolean | readonly GgufValue[]

export type GgufTensor = {
  readonly name: string
  /** Fastest-running dimension first, as the file has it: `[columns, rows]` of a matrix. */
  readonly shape: readonly number[]
  readonly type: GgmlType
  /** The type's number in the file. */
  readonly typeNumber: number
  /** Place and length of its data, in bytes from the start of the file. */
  readonly offset: number
  readonly sizeBytes: number
}

/** What stands before the weights of a GGUF file. */
export type Gguf = {
  readonly version: number
  readonly metadata: ReadonlyMap<string, GgufValue>
  readonly tensors: readonly GgufTensor[]
  /** Bytes from the start of the file to the first tensor. */
  readonly dataStart: number
}

/** `truncated`: the header goes on beyond the bytes given; call again with more of the file. */
export class GgufError extends Error {
  readonly type: 'truncated' | 'not-gguf' | 'unsupported'
  constructor(type: GgufError['type'], message: string) {
    super(message)
    this.name = 'GgufError'
    this.type = type
  }
}

const text = new TextDecoder()

/** Reads little-endian fields one after the other. */
class Fields {
  position = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  #take(length: number): number {
    const at = this.position
    if (at + length > this.#bytes.byteLength) throw new GgufError('truncated', 'The GGUF header is longer than the bytes given.')
    this.position += length
    return at
  }
  u8 = () => this.#view.getUint8(this.#take(1))
  i8 = () => this.#view.getInt8(this.#take(1))
  u16 = () => this.#view.getUint16(this.#take(2), true)
  i16 = () => this.#view.getInt16(this.#take(2), true)
  u32 = () => this.#view.getUint32(this.#take(4), true)
  i32 = () => this.#view.getInt32(this.#take(4), true)
  f32 = () => this.#view.getFloat32(this.#take(4), true)
  f64 = () => this.#view.getFloat64(this.#take(8), true)
  i64 = () => Number(this.#view.getBigInt64(this.#take(8), true))
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true)
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new GgufError('not-gguf', `A size of ${value} in a GGUF header is not believable.`)
    return Number(value)
  }
  bool = () => this.u8() !== 0
  string(): string {
    const length = this.u64()
    const at = this.#take(length)
    return text.decode(this.#bytes.subarray(at, at + length))
  }

  /** A metadata value of the given type number (GGUF specification, `gguf_metadata_value_type`). */
  value(type: number): GgufValue {
    const read = [this.u8, this.i8, this.u16, this.i16, this.u32, this.i32, this.f32, this.bool][type]
    if (read) return read()
    if (type === 8) return this.string()
    if (type === 9) {
      const elementType = this.u32()
      const length = this.u64()
      const values: GgufValue[] = []
      for (let i = 0; i < length; i++) values.push(this.value(elementType))
      return values
    }
    if (type === 10) return this.u64()
    if (type === 11) return this.i64()
    if (type === 12) return this.f64()
    throw new GgufError('unsupported', `The GGUF header has a value of unknown type ${type}.`)
  }
}

/**
 * Reads the header of a GGUF file: metadata and the table of tensors. `bytes` is the file or its beginning.
 * Throws GgufError; with type `truncated` when more of the file is needed.
 */
export function readGguf(bytes: Uint8Array): Gguf {
  const fields = new Fields(bytes)
  if (fields.u32() !== 0x46554747)
    throw new GgufError('not-gguf', 'This is not a GGUF file: its first four bytes are not "GGUF".')
  const version = fields.u32()
  if (version !== 2 && version !== 3)
    throw new GgufError('unsupported', `GGUF version ${version} is not supported; versions 2 and 3 are.`)
  const tensorCount = fields.u64()
  const metadataCount = fields.u64()
  const metadata = new Map<string, GgufValue>()
  for (let i = 0; i < metadataCount; i++) {
    const key = fields.string()
    metadata.set(key, fields.value(fields.u32()))
  }
  const table = Array.from({ length: tensorCount }, () => {
    const name = fields.string()
    const shape = Array.from({ length: fields.u32() }, () => fields.u64())
    return { name, shape, typeNumber: fields.u32(), offset: fields.u64() }
  })
  const alignment = metadata.get('general.alignment') ?? 32
  if (typeof alignment !== 'number' || alignment < 1)
    throw new GgufError('not-gguf', 'The alignment in the GGUF header is not a number.')
  const dataStart = Math.ceil(fields.position / alignment) * alignment
  const tensors = table.map(({ name, shape, typeNumber, offset }): GgufTensor => {
    const type = ggmlTypes[typeNumber]
    if (!type) throw new GgufError('unsupported', `Tensor ${name} has the unknown type ${typeNumber}.`)
    const sizeBytes = (shape.reduce((a, b) => a * b, 1) / type.blockValues) * type.blockBytes
    return { name, shape, type, typeNumber, offset: dataStart + offset, sizeBytes }
  })
  return { version, metadata, tensors, dataStart }
}
