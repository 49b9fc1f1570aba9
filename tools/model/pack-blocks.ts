/**
 * A matrix as the model library reads it: `q` holds the small integers of a row packed into 32-bit words, `s` the
 * scales, both row by row. GGUF's bits are taken over; nothing is rounded again.
 */
export type PackedMatrix = { readonly rows: number; readonly q: Uint32Array; readonly s: Uint32Array }

const byte = (bytes: Uint8Array, at: number) => bytes[at] as number

/**
 * Q4_1 (w = d·q + m): value k of a row lies at bits 4·(k mod 8) of word k/8; one scale word for each block of 32
 * values has the half-precision d in its low half and m in its high half.
 */
export function packQ4_1(blocks: Uint8Array, rows: number, columns: number): PackedMatrix {
  const q = new Uint32Array((rows * columns) / 8)
  const s = new Uint32Array((rows * columns) / 32)
  for (let block = 0; block < s.length; block++) {
    const at = block * 20
    s[block] = byte(blocks, at) | (byte(blocks, at + 1) << 8) | (byte(blocks, at + 2) << 16) | (byte(blocks, at + 3) << 24)
    // In GGUF byte i holds value i in its low and value i + 16 in its high nibble.
    for (let half = 0; half < 2; half++)
      for (let word = 0; word < 2; word++) {
        let packed = 0
        for (let i = 0; i < 8; i++) packed |= ((byte(blocks, at + 4 + word * 8 + i) >> (4 * half)) & 15) << (4 * i)
        q[block * 4 + half * 2 + word] = packed
      }
  }
  return { rows, q, s }
}

/**
 * Q8_0 (w = d·(q − 128)): value k of a row is byte k mod 4 of word k/4, biased by 128; one scale word for two blocks
 * of 32 values, their half-precision d in the low and in the high half.
 */
export function packQ8_0(blocks: Uint8Array, rows: number, columns: number): PackedMatrix {
  if (columns % 64 !== 0) throw new Error(`Q8_0 rows of ${columns} values cannot be packed: two blocks of 32 share a scale word.`)
  const q = new Uint32Array((rows * columns) / 4)
  const s = new Uint32Array((rows * columns) / 64)
  for (let block = 0; block < s.length * 2; block++) {
    const at = block * 34
    const d = byte(blocks, at) | (byte(blocks, at + 1) << 8)
    const scaleWord = block >> 1
    s[scaleWord] = (s[scaleWord] as number) | (d << (16 * (block & 1)))
    for (let word = 0; word < 8; word++) {
      let packed = 0
      for (let i = 0; i < 4; i++) packed |= (byte(blocks, at + 2 + word * 4 + i) ^ 128) << (8 * i)
      q[block * 8 + word] = packed
    }
  }
  return { rows, q, s }
}

/** Puts matrices with rows of equal length below one another. */
export function stack(parts: readonly PackedMatrix[]): PackedMatrix {
  const join = (arrays: readonly Uint32Array[]) => {
    const all = new Uint32Array(arrays.reduce((sum, array) => sum + array.length, 0))
    let at = 0
    for (const array of arrays) {
      all.set(array, at)
      at += array.length
    }
    return all
  }
  return { rows: parts.reduce((sum, part) => sum + part.rows, 0), q: join(parts.map((p) => p.q)), s: join(parts.map((p) => p.s)) }
}

/** GGUF keeps the two rows of a rotary pair next to each other; the KV cache rotates halves. Only whole rows move. */
export function rotateHalves(matrix: PackedMatrix, heads: number): PackedMatrix {
  const perHead = matrix.rows / heads
  const move = (from: Uint32Array) => {
    const width = from.length / matrix.rows
    const to = new Uint32Array(from.length)
    for (let row = 0; row < matrix.rows; row++) {
      const inHead = row % perHead
      const target = row - inHead + (inHead % 2) * (perHead / 2) + (inHead >> 1)
      to.set(from.subarray(row * width, (row + 1) * width), target * width)
    }
    return to
  }
  return { rows: matrix.rows, q: move(matrix.q), s: move(matrix.s) }
}
