/** The rows with the greatest values, best first, found by counting into buckets: time grows with the rows, not with their order. */
export function bestRows(rows: Uint32Array, values: Float64Array, limit: number): readonly number[] {
  let kept = rows
  if (rows.length > limit) {
    let top = 0
    for (const row of rows) top = Math.max(top, values[row] ?? 0)
    const scale = 1024 / (top || 1)
    const counts = new Uint32Array(1025)
    for (const row of rows) {
      const bucket = Math.floor(scale * (values[row] ?? 0))
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    let cut = 1024
    for (let total = counts[cut] ?? 0; cut > 0 && total < limit; total += counts[cut] ?? 0) cut--
    kept = rows.filter((row) => Math.floor(scale * (values[row] ?? 0)) >= cut)
  }
  return [...kept].sort((x, y) => (values[y] ?? 0) - (values[x] ?? 0) || y - x).slice(0, limit)
}
