/** A page of web-llm's KV cache, in tokens. */
export const pageTokens = 16

type KvFunction = (...values: readonly unknown[]) => unknown

/** The private fields of web-llm 0.2.86 that sequences need; see pipeline.ts. */
export type KvHost = {
  readonly tvm: {
    beginScope(): void
    endScope(): void
    detachFromCurrentScope<T>(value: T): T
    getGlobalFunc(name: string): KvFunction
    makeShapeTuple(shape: number[]): unknown
    scalar(value: number, dtype: string): unknown
  }
  readonly kvCache: unknown
  readonly kvStateKind: string
  filledKVCacheLength: number
  fKVCacheBeginForward: KvFunction
  resetKVCache(): void
}

/** No sequence is in use. */
const none = -1

/** Several token sequences in one paged KV cache, which share its pages. Sequence 0 is there from the start. */
export type Sequences = {
  /** Pages that no sequence holds. */
  freePages(): number
  add(sequence: number): void
  /** Makes a sequence that begins with the first tokens of another; full pages are shared. */
  fork(from: number, to: number, tokens: number): void
  remove(sequence: number): void
  /** The one that is cut and read to from now on. */
  use(sequence: number): void
}

/** The cache by sequence. `truncate` works on the one in use. */
export type KvCache = {
  /** Whether anything but all of a sequence can be cut. */
  readonly cuts: boolean
  /** Absent where the library lacks a function for it. */
  readonly sequences?: Sequences
  /** Cuts to the first tokens. Returns how many are left: none where the library cannot cut. */
  truncate(tokens: number): number
  /** Empties what is in use and begins it anew, also where it is empty already. */
  clear(): void
}

/** `rolling`: what rolled out is gone, so that nothing can be cut or shared, only gone on with. */
export function openKvCache(host: KvHost, rolling = false): KvCache {
  const { tvm, kvCache } = host
  const pop = rolling ? undefined : findFunction(host, 'vm.builtin.kv_state_popn')
  const add = findFunction(host, 'vm.builtin.kv_state_add_sequence')
  const remove = findFunction(host, 'vm.builtin.kv_state_remove_sequence')
  const fork = findFunction(host, 'vm.builtin.kv_state_fork_sequence')
  const freePages = findFunction(host, 'vm.builtin.attention_kv_cache_get_num_available_pages')
  const inScope = <T>(work: () => T): T => {
    tvm.beginScope()
    try {
      return work()
    } finally {
      tvm.endScope()
    }
  }
  const id = (sequence: number) => tvm.scalar(sequence, 'int64')
  let current = 0

  function openSequences(): Sequences | undefined {
    if (!pop || !add || !remove || !fork || !freePages) return undefined
    // web-llm names sequence 0 in every forward pass; this is the one place where it passes.
    const begin = host.fKVCacheBeginForward
    host.fKVCacheBeginForward = (state, ids, lengths) =>
      begin(state, current === 0 ? ids : tvm.makeShapeTuple([current]), lengths)
    const lengths = new Map([[0, host.filledKVCacheLength]])
    return {
      freePages: () => inScope(() => Number(freePages(kvCache))),
      add(sequence) {
        inScope(() => add(kvCache, id(sequence)))
        lengths.set(sequence, 0)
      },
      fork(from, to, tokens) {
        inScope(() => fork(kvCache, id(from), id(to), id(tokens)))
        lengths.set(to, tokens)
      },
      remove(sequence) {
        inScope(() => remove(kvCache, id(sequence)))
        lengths.delete(sequence)
        // Its name may be given again before another one is in use.
        if (sequence === current) current = none
      },
      use(sequence) {
        if (current !== none) lengths.set(current, host.filledKVCacheLength)
        current = sequence
        host.filledKVCacheLength = lengths.get(sequence) ?? 0
      },
    }
  }
  const sequences = openSequences()

  function clear(): number {
    if (sequences) {
      const cleared = current
      sequences.remove(cleared)
      sequences.add(cleared)
      sequences.use(cleared)
    } else {
      inScope(() => host.resetKVCache())
      host.filledKVCacheLength = 0
    }
    return 0
  }

  return {
    cuts: pop !== undefined,
    clear,
    ...(sequences && { sequences }),
    truncate(tokens) {
      const surplus = host.filledKVCacheLength - tokens
      if (surplus <= 0) return host.filledKVCacheLength
      if (tokens === 0 || !pop) return clear()
      inScope(() => pop(kvCache, id(current), tvm.scalar(surplus, 'int32')))
      host.filledKVCacheLength = tokens
      return tokens
    },
  }
}

/** A function of the library, or undefined where it has none or where popping would not undo a recurrent state. */
function findFunction({ tvm, kvStateKind }: KvHost, name: string): KvFunction | undefined {
  if (kvStateKind !== 'kv_cache') return undefined
  tvm.beginScope()
  try {
    return tvm.detachFromCurrentScope(tvm.getGlobalFunc(name))
  } catch {
    return undefined
  } finally {
    tvm.endScope()
  }
}
