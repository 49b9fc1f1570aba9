/**
 * The rows with the greatest values, best first, of equal ones the newest. A heap of those kept so far, the least on top: nearly
 * every row costs one comparison with it.
 */
export function bestRows(rows: Uint32Array, values: Float64Array, limit: number): readonly number[] {
  const heap = new Uint32Array(Math.min(limit, rows.length))
  const size = heap.length
  if (size === 0) return []
  const isLess = (x: number, y: number) => {
    const [a, b] = [values[x] as number, values[y] as number]
    return a < b || (a === b && x < y)
  }

  /** Puts a row where the one at `place` was, as far down as it belongs. */
  function sink(row: number, from: number): void {
    let place = from
    for (;;) {
      let least = 2 * place + 1
      if (least >= size) break
      if (least + 1 < size && isLess(heap[least + 1] as number, heap[least] as number)) least++
      if (!isLess(heap[least] as number, row)) break
      heap[place] = heap[least] as number
      place = least
    }
    heap[place] = row
  }

  // From the end: there stand the newest, which go before others of their value.
  const rest = rows.length - size
  heap.set(rows.subarray(rest))
  for (let place = size >> 1; place >= 0; place--) sink(heap[place] as number, place)
  let floor = values[heap[0] as number] as number
  for (let at = rest - 1; at >= 0; at--) {
    const row = rows[at] as number
    if ((values[row] as number) < floor || isLess(row, heap[0] as number)) continue
    sink(row, 0)
    floor = values[heap[0] as number] as number
  }
  return [...heap].sort((x, y) => (isLess(x, y) ? 1 : -1))
}
