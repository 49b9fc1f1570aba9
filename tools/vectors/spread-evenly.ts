import type { WordRows } from './principal-parts.ts'

/**
 * The same vectors seen from other axes, by Sylvester's Hadamard matrix: lengths and angles stay, and what lay on few axes
 * lies on all alike. So that eight bits hold each number equally well, and the signs of numbers tell how near two vectors are
 * (src/memory/sign-sketch.ts). The number of dimensions must be a power of two.
 */
export function spreadEvenly({ width, values }: WordRows): WordRows {
  if (!Number.isInteger(Math.log2(width))) throw new Error(`${width} dimensions are no power of two.`)
  const spread = values.map((value) => value / Math.sqrt(width))
  for (let half = 1; half < width; half *= 2)
    for (let from = 0; from < spread.length; from += 2 * half)
      for (let i = from; i < from + half; i++) {
        const [x, y] = [spread[i] as number, spread[i + half] as number]
        spread[i] = x + y
        spread[i + half] = x - y
      }
  return { width, values: spread }
}
