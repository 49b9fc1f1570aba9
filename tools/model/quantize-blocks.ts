/** The bits of the half-precision number nearest to a value, ties to the even one (IEEE 754); too large a value is infinite. */
export function numberToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (Number.isNaN(value)) return 0x7e00
  if (size >= 65_520) return sign | 0x7c00
  const exponent = Math.max(-14, Math.floor(Math.log2(size)))
  // In units of the last place, which below 2^-14 is the same everywhere.
  let units = size / 2 ** (exponent - 10)
  const rest = units - Math.floor(units)
  units = Math.floor(units)
  if (rest > 0.5 || (rest === 0.5 && units % 2 === 1)) units++
  // A number of 1024 units or more has the leading one that the format leaves out; a carry runs on into the exponent.
  return sign | (units < 1024 ? units : ((exponent + 14) << 10) + units)
}

/**
 * Float32 values as Q8_0: for every 32 of them a half-precision scale d and 32 signed bytes, value ≈ d · byte, as llama.cpp's
 * reference does it (`quantize_row_q8_0_ref`): d is the largest size over 127, each value over d rounded to the nearest.
 */
export function quantizeQ8_0(values: Float32Array): Uint8Array {
  if (values.length % 32 !== 0) throw new Error(`${values.length} values are no whole number of blocks of 32.`)
  const blocks = new Uint8Array((values.length / 32) * 34)
  for (let from = 0, at = 0; from < values.length; from += 32, at += 34) {
    let largest = 0
    for (let i = 0; i < 32; i++) largest = Math.max(largest, Math.abs(values[from + i] as number))
    const scale = Math.fround(largest / 127)
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale)
    const half = numberToHalf(scale)
    blocks[at] = half & 255
    blocks[at + 1] = half >> 8
    for (let i = 0; i < 32; i++) {
      const share = Math.fround((values[from + i] as number) * inverse)
      blocks[at + 2 + i] = (Math.sign(share) * Math.round(Math.abs(share))) & 255
    }
  }
  return blocks
}
