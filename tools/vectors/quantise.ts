/** Rows of numbers as int8, each with the scale that gives its largest number 127. */
export function quantise(
  rows: Float64Array,
  dimensions: number,
): { readonly scales: Float32Array<ArrayBuffer>; readonly values: Int8Array<ArrayBuffer> } {
  const scales = new Float32Array(rows.length / dimensions)
  const values = new Int8Array(rows.length)
  for (const row of scales.keys()) {
    const numbers = rows.subarray(row * dimensions, (row + 1) * dimensions)
    const largest = numbers.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
    if (largest === 0) continue
    scales[row] = largest / 127
    values.set(
      numbers.map((one) => Math.round((127 * one) / largest)),
      row * dimensions,
    )
  }
  return { scales, values }
}
