/** The number whose IEEE 754 half-precision bits these are. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024)
}

/** All 65,536 half-precision numbers: a lookup is several times faster than the arithmetic. */
let halves: Float32Array | undefined
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfToNumber(bits))
  return halves
}

/** Q4_1 blocks (half d, half m, 32 nibbles q; value = d·q + m) to float32, in single precision as llama.cpp computes it. */
export function expandQ4_1(blocks: Uint8Array, out = new Float32Array((blocks.length / 20) * 32)): Float32Array {
  const half = halfTable()
  for (let at = 0, to = 0; at < blocks.length; at += 20, to += 32) {
    const d = half[(blocks[at] as number) | ((blocks[at + 1] as number) << 8)] as number
    const m = half[(blocks[at + 2] as number) | ((blocks[at + 3] as number) << 8)] as number
    for (let i = 0; i < 16; i++) {
      const pair = blocks[at + 4 + i] as number
      out[to + i] = Math.fround(d * (pair & 15)) + m
      out[to + 16 + i] = Math.fround(d * (pair >> 4)) + m
    }
  }
  return out
}

/** Q8_0 blocks (half d, 32 signed bytes q; value = d·q) to float32. */
export function expandQ8_0(blocks: Uint8Array, out = new Float32Array((blocks.length / 34) * 32)): Float32Array {
  const half = halfTable()
  for (let at = 0, to = 0; at < blocks.length; at += 34, to += 32) {
    const d = half[(blocks[at] as number) | ((blocks[at + 1] as number) << 8)] as number
    for (let i = 0; i < 32; i++) out[to + i] = d * (((blocks[at + 2 + i] as number) << 24) >> 24)
  }
  return out
}
