/** The value of a reply where only these items stand in the prompt: the more, the better they carry it. */
export type ScoreGroup = (refs: readonly string[]) => Promise<number>

export type Node = { readonly refs: readonly string[]; readonly value: number }

export type HalvingRequest = {
  readonly refs: readonly string[]
  readonly score: ScoreGroup
  /** How many groups a round keeps, K. */
  readonly keep: number
  readonly onProgress?: (progress: { readonly calls: number; readonly most: number; readonly best: readonly Node[] }) => void
  readonly signal?: AbortSignal
}

/** Rounds of halving until every group is a single item. */
const roundsFor = (items: number): number => Math.ceil(Math.log2(Math.max(1, items)))

/** The most values that a search asks for: the cost to show before it starts. */
export function mostCalls(items: number, keep: number): number {
  if (items <= 1) return items
  let calls = 0
  for (let round = 1; round <= roundsFor(items); round++) calls += Math.min(items, 2 ** round, 2 * keep)
  return calls
}

/**
 * Finds the items that carry a reply (TracLLM, paper #70, section 4): all items are one group; every round halves each group,
 * values the halves and keeps the best K; it ends at single items. Neighbours share a half, as they stand in the prompt.
 *
 * @returns single items, the one of the greatest value first
 * @throws AbortError once the signal is aborted; whatever `score` throws
 */
export async function halvingSearch({ refs, score, keep, onProgress, signal }: HalvingRequest): Promise<readonly Node[]> {
  const most = mostCalls(refs.length, keep)
  let calls = 0
  const value = async (part: readonly string[]): Promise<Node> => {
    signal?.throwIfAborted()
    const node = { refs: part, value: await score(part) }
    calls++
    return node
  }
  const known = new Map<string, Node>()
  if (refs.length <= 1) return refs.length === 0 ? [] : [await value(refs)]
  let groups: readonly Node[] = [{ refs, value: 0 }]
  while (groups.some((group) => group.refs.length > 1)) {
    const halves: Node[] = []
    for (const group of groups) {
      if (group.refs.length <= 1) {
        halves.push(group)
        continue
      }
      const middle = Math.ceil(group.refs.length / 2)
      for (const part of [group.refs.slice(0, middle), group.refs.slice(middle)]) halves.push(await value(part))
    }
    groups = halves.sort((a, b) => b.value - a.value).slice(0, keep)
    for (const group of groups) if (group.refs.length === 1) known.set(group.refs[0] ?? '', group)
    onProgress?.({ calls, most, best: groups })
  }
  return [...known.values()].sort((a, b) => b.value - a.value)
}
