/** The rows with the greatest values, best first, found by counting into buckets: time grows with the rows, not with their order. */
export function bestRows(rows: Uint32Array, worthOf: (row: number) => number, limit: number): readonly number[] {
  let kept: number[] | Uint32Array = rows
  if (rows.length > limit) {
    let top = 0
    for (const row of rows) top = Math.max(top, worthOf(row))
    const counts = new Uint32Array(1025)
    const bucketOf = (row: number): number => Math.floor((1024 * worthOf(row)) / (top || 1))
    for (const row of rows) {
      const bucket = bucketOf(row)
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    let cut = 1024
    for (let total = counts[cut] ?? 0; cut > 0 && total < limit; total += counts[cut] ?? 0) cut--
    kept = rows.filter((row) => bucketOf(row) >= cut)
  }
  return [...kept].sort((x, y) => worthOf(y) - worthOf(x) || y - x).slice(0, limit)
}
