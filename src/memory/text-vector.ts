/** The greatest length of a text's vector: its square, the greatest product of two, fits into 16 bits with a sign. */
export const longest = 181

/**
 * A text's vector: one number for each dimension, −127…127. It is about as long as `longest`, which means nothing; two are
 * compared by their cosine.
 */
export type TextVector = Int8Array<ArrayBuffer>

/** A direction as a text's vector; undefined where all numbers are 0. */
export function textVector(direction: ArrayLike<number>): TextVector | undefined {
  let largest = 0
  let squares = 0
  for (let index = 0; index < direction.length; index++) {
    const value = Math.abs(direction[index] ?? 0)
    if (value > largest) largest = value
    squares += value * value
  }
  if (largest === 0) return undefined
  // Rounding lengthens a vector of n numbers by √n / 2 at most.
  const factor = Math.min(127 / largest, (longest - Math.sqrt(direction.length) / 2) / Math.sqrt(squares))
  const vector = new Int8Array(direction.length)
  for (let index = 0; index < direction.length; index++) vector[index] = Math.round(factor * (direction[index] ?? 0))
  return vector
}
