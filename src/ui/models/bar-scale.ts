/** A round number of bytes to draw bars against, so that the longest bar fills at most nine tenths of the scale. */
export function barScale(largestBytes: number): { readonly bytes: number; readonly ticks: readonly number[] } {
  const steps = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16].map((gigabytes) => gigabytes * 1e9)
  const step = steps.find((bytes) => bytes * 8 >= largestBytes / 0.9) ?? 32e9
  const count = Math.max(2, Math.ceil(largestBytes / 0.9 / step))
  return { bytes: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) }
}

/** Window sizes to choose from: powers of two from 1,024 on, up to the model's own limit, which is always the last. */
export function windowChoices(contextLength: number): readonly number[] {
  const choices: number[] = []
  for (let tokens = 1024; tokens < contextLength; tokens *= 2) choices.push(tokens)
  return [...choices, contextLength]
}
