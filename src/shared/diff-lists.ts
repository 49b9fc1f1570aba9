export type ListChange<Item> = { readonly type: 'kept' | 'entered' | 'left'; readonly item: Item }

/**
 * What changed from one list to the next (longest common subsequence): those that left stand before those that entered at the
 * same place. Items are compared by their key. Time and memory grow with the product of the lengths.
 */
export function diffLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): readonly ListChange<Item>[] {
  const [old, fresh] = [before.map(keyOf), after.map(keyOf)]
  const common = commonLengths(old, fresh)
  const width = fresh.length + 1
  const changes: ListChange<Item>[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && old[i] === fresh[j]) {
      changes.push({ type: 'kept', item: after[j] as Item })
      i++
      j++
    } else if (
      i < before.length &&
      (j === after.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      changes.push({ type: 'left', item: before[i] as Item })
      i++
    } else {
      changes.push({ type: 'entered', item: after[j] as Item })
      j++
    }
  }
  return changes
}

/** At `i * width + j`: how many items the rests from i and from j share, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array {
  const width = after.length + 1
  const common = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  return common
}
