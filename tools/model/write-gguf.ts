import type { GgufTensor } from '#engine/gguf/read-gguf.ts'

/** A metadata value with its type; llama.cpp accepts no other type for a key than its own. */
export type TypedValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] }

/** A tensor encoded already. */
export type EncodedTensor = Pick<GgufTensor, 'name' | 'shape' | 'typeNumber'> & { readonly bytes: Uint8Array }

const alignment = 32
const encoder = new TextEncoder()
const typeNumbers = { uint32: 4, int32s: 5, float32: 6, bool: 7, string: 8 } as const

/** Writes a GGUF file, version 3: header, table of tensors, tensors aligned to 32 bytes. */
export function writeGguf(metadata: Readonly<Record<string, TypedValue>>, tensors: readonly EncodedTensor[]): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  const put = (bytes: Uint8Array) => {
    pieces.push(bytes)
    length += bytes.byteLength
  }
  const number = (size: number, set: (view: DataView) => void) => {
    const bytes = new Uint8Array(size)
    set(new DataView(bytes.buffer))
    put(bytes)
  }
  const u32 = (value: number) => number(4, (view) => view.setUint32(0, value, true))
  const u64 = (value: number) => number(8, (view) => view.setBigUint64(0, BigInt(value), true))
  const text = (value: string) => {
    const bytes = encoder.encode(value)
    u64(bytes.byteLength)
    put(bytes)
  }
  const align = () => put(new Uint8Array((alignment - (length % alignment)) % alignment))
  const list = (type: number, count: number) => {
    u32(9)
    u32(type)
    u64(count)
  }
  const write = (typed: TypedValue) => {
    if (typed.type === 'strings') {
      list(typeNumbers.string, typed.value.length)
      for (const one of typed.value) text(one)
      return
    }
    if (typed.type === 'int32s') {
      list(typeNumbers.int32s, typed.value.length)
      put(new Uint8Array(Int32Array.from(typed.value).buffer))
      return
    }
    u32(typeNumbers[typed.type])
    if (typed.type === 'string') text(typed.value)
    else if (typed.type === 'bool') put(Uint8Array.of(Number(typed.value)))
    else if (typed.type === 'uint32') u32(typed.value)
    else number(4, (view) => view.setFloat32(0, typed.value, true))
  }

  u32(0x46554747)
  u32(3)
  u64(tensors.length)
  u64(Object.keys(metadata).length)
  for (const [key, value] of Object.entries(metadata)) {
    text(key)
    write(value)
  }
  let offset = 0
  for (const { name, shape, typeNumber, bytes } of tensors) {
    text(name)
    u32(shape.length)
    for (const size of shape) u64(size)
    u32(typeNumber)
    u64(offset)
    offset += Math.ceil(bytes.byteLength / alignment) * alignment
  }
  align()
  for (const { bytes } of tensors) {
    put(bytes)
    align()
  }
  return Buffer.concat(pieces, length)
}
