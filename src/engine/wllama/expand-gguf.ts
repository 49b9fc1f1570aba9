import { expandQ4_1, expandQ8_0 } from '#engine/gguf/expand-blocks.ts'
import { type Gguf, GgufError, type GgufTensor, readGguf } from '#engine/gguf/read-gguf.ts'
import { type Piece, PiecedBlob } from './pieced-blob.ts'

const f32 = 0
const expansions: Readonly<Record<string, (blocks: Uint8Array) => Float32Array>> = { Q4_1: expandQ4_1, Q8_0: expandQ8_0 }
/** Matrices of 4 bits; a table of words in 8 bits is read by the row and stays. */
const isQ4_1 = ({ type }: GgufTensor) => type.name === 'Q4_1'
const alignment = 32
const encoder = new TextEncoder()

/**
 * The same model with some tensors, by default those of Q4_1, as float32: the values are exactly those that llama.cpp computes from the blocks, but
 * a CPU reads a prompt about five times faster with them, at eight times the memory. Everything else (metadata, embeddings,
 * norms) stays as it is. Tensors are expanded when they are read; `onRead` hears how far the reading is, 0 to 1. Throws GgufError when the file is none.
 */
export async function expandGguf(
  file: Blob,
  onRead: (fraction: number) => void = () => {},
  which: (tensor: GgufTensor) => boolean = isQ4_1,
): Promise<Blob> {
  const { gguf, header } = await readHeader(file)
  const expansionOf = (tensor: GgufTensor) => (which(tensor) ? expansions[tensor.type.name] : undefined)
  let offset = 0
  const placed = gguf.tensors.map((tensor) => {
    const size = expansionOf(tensor) ? tensor.shape.reduce((product, length) => product * length, 4) : tensor.sizeBytes
    const place = { tensor, offset, size, padding: (alignment - (size % alignment)) % alignment }
    offset += size + place.padding
    return place
  })

  const before = tableOf(gguf.tensors.map((tensor) => [tensor, tensor.typeNumber, tensor.offset - gguf.dataStart]))
  const after = tableOf(placed.map(({ tensor, offset: at }) => [tensor, expansionOf(tensor) ? f32 : tensor.typeNumber, at]))
  header.set(after, findTable(header, before, gguf.dataStart))

  const bytesOf = async ({ offset: at, sizeBytes }: GgufTensor) =>
    new Uint8Array(await file.slice(at, at + sizeBytes).arrayBuffer())
  const pieces = placed.flatMap(({ tensor, size, padding, offset: at }): Piece[] => [
    {
      size,
      read: async () => {
        onRead(at / offset)
        const bytes = await bytesOf(tensor)
        const expand = expansionOf(tensor)
        return expand ? new Uint8Array(expand(bytes).buffer as ArrayBuffer) : bytes
      },
    },
    { size: padding, read: async () => new Uint8Array(padding) },
  ])
  return new PiecedBlob([{ size: header.length, read: async () => header }, ...pieces])
}

async function readHeader(file: Blob): Promise<{ gguf: Gguf; header: Uint8Array<ArrayBuffer> }> {
  for (let length = 4 << 20; ; length *= 2) {
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer())
    try {
      const gguf = readGguf(bytes)
      if (gguf.dataStart % alignment !== 0) throw new GgufError('unsupported', 'The tensors are not aligned to 32 bytes.')
      return { gguf, header: bytes.slice(0, gguf.dataStart) }
    } catch (error) {
      if (!(error instanceof GgufError && error.type === 'truncated' && length < file.size)) throw error
    }
  }
}

/** The table of tensors as it stands in the file: name, dimensions, type, place. Its length depends on none of the last two. */
function tableOf(rows: readonly (readonly [tensor: GgufTensor, type: number, offset: number])[]): Uint8Array {
  const named = rows.map(([tensor, type, offset]) => ({ name: encoder.encode(tensor.name), shape: tensor.shape, type, offset }))
  const bytes = new Uint8Array(named.reduce((sum, { name, shape }) => sum + 8 + name.length + 4 + 8 * shape.length + 4 + 8, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  const u32 = (value: number) => {
    view.setUint32(at, value, true)
    at += 4
  }
  const u64 = (value: number) => {
    view.setBigUint64(at, BigInt(value), true)
    at += 8
  }
  for (const { name, shape, type, offset } of named) {
    u64(name.length)
    bytes.set(name, at)
    at += name.length
    u32(shape.length)
    for (const length of shape) u64(length)
    u32(type)
    u64(offset)
  }
  return bytes
}

/** The table ends where the weights begin, but for the padding between. */
function findTable(header: Uint8Array, table: Uint8Array, dataStart: number): number {
  for (let padding = 0; padding < alignment; padding++) {
    const start = dataStart - padding - table.length
    if (start >= 0 && table.every((byte, index) => header[start + index] === byte)) return start
  }
  throw new GgufError('unsupported', 'The table of tensors is not where the weights begin.')
}
