/** A busy loop looks at the clock every fraction of a microsecond; a longer gap means that it did not run. */
const gapMs = 1

/** The share of a busy loop's time, 0 to 1, in which it was not running, from the times at which it looked at the clock. */
export function lostShare(times: readonly number[]): number {
  const [first = 0] = times
  const total = (times.at(-1) ?? first) - first
  if (total <= 0) return 0
  let lost = 0
  for (let i = 1; i < times.length; i++) {
    const gap = (times[i] ?? 0) - (times[i - 1] ?? 0)
    if (gap > gapMs) lost += gap
  }
  return lost / total
}
