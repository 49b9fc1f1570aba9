/** A tensor of a safetensors file: float32, row by row, in the file's own memory. */
export type SafeTensor = { readonly shape: readonly number[]; readonly values: Float32Array }

/**
 * The float32 tensors of a safetensors file: eight bytes of length, a JSON header, raw little-endian data (the format's own
 * description). Tensors of other types are left out. Throws when the file ends within its header or within a tensor.
 */
export function readSafetensors(file: Uint8Array): ReadonlyMap<string, SafeTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerBytes = file.byteLength < 8 ? Number.POSITIVE_INFINITY : Number(view.getBigUint64(0, true))
  const dataStart = 8 + headerBytes
  if (dataStart > file.byteLength) throw new Error('This is not a safetensors file, or it is cut short.')
  const header: Record<string, { dtype?: string; shape: number[]; data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(file.subarray(8, dataStart)),
  )
  const tensors = new Map<string, SafeTensor>()
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (dtype !== 'F32') continue
    const [from, to] = data_offsets
    // A copy: floats must begin at a multiple of four.
    const bytes = new Uint8Array(file.subarray(dataStart + from, dataStart + to))
    const count = shape.reduce((product, length) => product * length, 1)
    if (bytes.byteLength !== 4 * count) throw new Error(`The safetensors file does not hold ${name} whole.`)
    tensors.set(name, { shape, values: new Float32Array(bytes.buffer) })
  }
  return tensors
}
