const rounds = 1000

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)

/** The 95 % interval of a statistic under resampling with replacement; the same draws for the same number of values. */
export function interval(count: number, statistic: (draw: readonly number[]) => number): { low: number; high: number } {
  const next = random(count)
  const values = Array.from({ length: rounds }, () =>
    statistic(Array.from({ length: count }, () => Math.floor(next() * count))),
  ).sort((a, b) => a - b)
  return { low: values[Math.floor(0.025 * rounds)] ?? 0, high: values[Math.ceil(0.975 * rounds) - 1] ?? 0 }
}

/** The mean of values and its interval. Systems that answer the same questions are drawn alike, so their differences are paired. */
export function meanWithInterval(values: readonly number[]): { value: number; low: number; high: number } {
  return { value: mean(values), ...interval(values.length, (draw) => mean(draw.map((index) => values[index] ?? 0))) }
}
