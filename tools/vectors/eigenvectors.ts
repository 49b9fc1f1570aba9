const mostSweeps = 30
/** Below this share of the greatest value on the diagonal a value beside it counts as 0. */
const negligible = 1e-12

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, greatest value first, by Jacobi's rotations (Golub and Van Loan 2013,
 * section 8.5): slow, exact, and the same numbers on every machine. Each vector's largest number is positive.
 *
 * @param matrix `size` × `size` numbers, row by row
 */
export function eigenvectors(
  matrix: Float64Array,
  size: number,
): readonly { readonly value: number; readonly vector: Float64Array }[] {
  const a = matrix.slice()
  // Row by row the directions that the rotations have turned the axes to.
  const turned = new Float64Array(size * size)
  for (let i = 0; i < size; i++) turned[i * size + i] = 1
  const at = (i: number, j: number) => a[i * size + j] as number
  const greatest = Math.max(...Array.from({ length: size }, (_, i) => Math.abs(at(i, i))))

  for (let sweep = 0, rotated = true; rotated && sweep < mostSweeps; sweep++) {
    rotated = false
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(at(p, q)) <= negligible * greatest) continue
        rotated = true
        const half = (at(q, q) - at(p, p)) / (2 * at(p, q))
        const tangent = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.sqrt(half * half + 1))
        const cosine = 1 / Math.sqrt(tangent * tangent + 1)
        const sine = tangent * cosine
        // Both sides of the matrix: its rows, its columns; then the directions.
        rotate(a, p * size, q * size, 1, size, cosine, sine)
        rotate(a, p, q, size, size, cosine, sine)
        rotate(turned, p * size, q * size, 1, size, cosine, sine)
      }
  }
  return Array.from({ length: size }, (_, i) => ({
    value: at(i, i),
    vector: upright(turned.slice(i * size, (i + 1) * size)),
  })).sort((x, y) => y.value - x.value)
}

/** Turns two rows or columns, that begin at `p` and `q` with a step between numbers, towards each other. */
function rotate(numbers: Float64Array, p: number, q: number, step: number, size: number, cosine: number, sine: number): void {
  for (let index = 0, i = p, j = q; index < size; index++, i += step, j += step) {
    const [x, y] = [numbers[i] as number, numbers[j] as number]
    numbers[i] = cosine * x - sine * y
    numbers[j] = sine * x + cosine * y
  }
}

function upright(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0)
  return largest < 0 ? vector.map((one) => -one) : vector
}
