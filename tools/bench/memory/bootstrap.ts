const rounds = 1000

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const drawsOf = new Map<number, readonly Uint32Array[]>()

/** The draws for so many values, always the same: each is as many places, with replacement. */
function draws(count: number): readonly Uint32Array[] {
  const known = drawsOf.get(count)
  if (known) return known
  const next = random(count)
  const made = Array.from({ length: rounds }, () => Uint32Array.from({ length: count }, () => Math.floor(next() * count)))
  drawsOf.set(count, made)
  return made
}

/** The 95 % interval of a statistic under resampling with replacement; the same draws for the same number of values. */
export function interval(count: number, statistic: (draw: Uint32Array) => number): { low: number; high: number } {
  const values = Float64Array.from(draws(count), statistic).sort()
  return { low: values[Math.floor(0.025 * rounds)] ?? 0, high: values[Math.ceil(0.975 * rounds) - 1] ?? 0 }
}

/** The mean of values and its interval. Systems that answer the same questions are drawn alike, so their differences are paired. */
export function meanWithInterval(values: readonly number[]): { value: number; low: number; high: number } {
  const meanOf = (draw: Uint32Array) => {
    let sum = 0
    for (const place of draw) sum += values[place] ?? 0
    return sum / Math.max(1, draw.length)
  }
  return { value: meanOf(Uint32Array.from(values.keys())), ...interval(values.length, meanOf) }
}
