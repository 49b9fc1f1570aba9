import type { GgufTensor, GgufValue } from '#engine/gguf/read-gguf.ts'

/** A tensor to be written: encoded already. */
export type TensorToWrite = Pick<GgufTensor, 'name' | 'shape' | 'typeNumber'> & { readonly bytes: Uint8Array }

const encoder = new TextEncoder()

/** Writes a small GGUF file for tests: numbers as float64 or int32, texts, and lists of one of these. */
export function writeGguf(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly TensorToWrite[]): Uint8Array {
  const bytes: number[] = []
  const put = (size: number, set: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(size))
    set(view)
    bytes.push(...new Uint8Array(view.buffer))
  }
  const u32 = (value: number) => put(4, (view) => view.setUint32(0, value, true))
  const u64 = (value: number) => put(8, (view) => view.setBigUint64(0, BigInt(value), true))
  const text = (value: string) => {
    const encoded = encoder.encode(value)
    u64(encoded.length)
    bytes.push(...encoded)
  }
  const typeOf = (value: GgufValue): number =>
    Array.isArray(value) ? 9 : typeof value === 'string' ? 8 : typeof value === 'boolean' ? 7 : Number.isInteger(value) ? 5 : 12
  const write = (value: GgufValue): void => {
    if (typeof value === 'string') text(value)
    else if (typeof value === 'boolean') bytes.push(value ? 1 : 0)
    else if (typeof value === 'number') {
      if (Number.isInteger(value)) put(4, (view) => view.setInt32(0, value, true))
      else put(8, (view) => view.setFloat64(0, value, true))
    } else {
      u32(typeOf(value[0] ?? ''))
      u64(value.length)
      for (const entry of value) write(entry)
    }
  }
  const align = () => {
    while (bytes.length % 32 !== 0) bytes.push(0)
  }

  u32(0x46554747)
  u32(3)
  u64(tensors.length)
  u64(Object.keys(metadata).length)
  for (const [key, value] of Object.entries(metadata)) {
    text(key)
    u32(typeOf(value))
    write(value)
  }
  let offset = 0
  for (const tensor of tensors) {
    text(tensor.name)
    u32(tensor.shape.length)
    for (const dimension of tensor.shape) u64(dimension)
    u32(tensor.typeNumber)
    u64(offset)
    offset = Math.ceil((offset + tensor.bytes.length) / 32) * 32
  }
  align()
  for (const tensor of tensors) {
    for (const byte of tensor.bytes) bytes.push(byte)
    align()
  }
  return Uint8Array.from(bytes)
}
