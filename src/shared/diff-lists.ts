/** One entry of two lists laid side by side. */
export type ListChange<Value> = { readonly type: 'kept' | 'entered' | 'left'; readonly value: Value }

/** Cells of the table beyond which two stretches are called wholly different: it would take too long to look. */
const mostCells = 4_000_000

/**
 * What changed from one list to the next by the longest common subsequence: what left stands before what entered at the same
 * place, and of what is kept the newer value is given. The result without what entered is the first list, without what left
 * the second.
 */
export function diffLists<Value>(
  before: readonly Value[],
  after: readonly Value[],
  same: (a: Value, b: Value) => boolean = (a, b) => a === b,
): readonly ListChange<Value>[] {
  const equal = (i: number, j: number) => same(before[i] as Value, after[j] as Value)
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && equal(head, head)) head++
  let tail = 0
  while (tail < shorter - head && equal(before.length - 1 - tail, after.length - 1 - tail)) tail++
  const rows = before.length - head - tail
  const columns = after.length - head - tail
  const changes: ListChange<Value>[] = after.slice(0, head).map((value) => ({ type: 'kept', value }))
  const common = rows * columns > mostCells ? undefined : commonLengths(rows, columns, (i, j) => equal(head + i, head + j))
  const at = (i: number, j: number) => common?.[i * (columns + 1) + j] ?? 0
  for (let i = 0, j = 0; i < rows || j < columns; ) {
    if (common && i < rows && j < columns && equal(head + i, head + j)) {
      changes.push({ type: 'kept', value: after[head + j] as Value })
      i++
      j++
    } else if (i < rows && (j >= columns || !common || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ type: 'left', value: before[head + i] as Value })
      i++
    } else {
      changes.push({ type: 'entered', value: after[head + j] as Value })
      j++
    }
  }
  for (const value of after.slice(after.length - tail)) changes.push({ type: 'kept', value })
  return changes
}

/** How many entries the rests from i and from j share, in order, row by row. */
function commonLengths(rows: number, columns: number, equal: (i: number, j: number) => boolean): Int32Array {
  const width = columns + 1
  const table = new Int32Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      table[i * width + j] = equal(i, j)
        ? (table[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0)
  return table
}
