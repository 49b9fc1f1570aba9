import { expect, it } from 'vitest'
import { type KvHost, openKvCache } from './kv-sequences.ts'

/** A library that notes how long each of its sequences is. */
function library(missing = '') {
  const lengths = new Map<number, number>([[0, 0]])
  const functions: Record<string, (...values: never[]) => unknown> = {
    'vm.builtin.kv_state_popn': (_kv: unknown, id: number, count: number) => lengths.set(id, (lengths.get(id) ?? 0) - count),
    'vm.builtin.kv_state_add_sequence': (_kv: unknown, id: number) => lengths.set(id, 0),
    'vm.builtin.kv_state_remove_sequence': (_kv: unknown, id: number) => lengths.delete(id),
    'vm.builtin.kv_state_fork_sequence': (_kv: unknown, _from: number, to: number, tokens: number) => lengths.set(to, tokens),
    'vm.builtin.attention_kv_cache_get_num_available_pages': () => 10,
  }
  const host: KvHost = {
    tvm: {
      beginScope: () => {},
      endScope: () => {},
      detachFromCurrentScope: (value) => value,
      getGlobalFunc(name) {
        const found = name === missing ? undefined : functions[name]
        if (!found) throw new Error(`There is no ${name}.`)
        return found as (...values: readonly unknown[]) => unknown
      },
      makeShapeTuple: (shape) => shape,
      scalar: (value) => value,
    },
    kvCache: {},
    kvStateKind: 'kv_cache',
    filledKVCacheLength: 0,
    fKVCacheBeginForward: (_state, ids, counts) => {
      const [[id = 0], [count = 0]] = [ids as number[], counts as number[]]
      lengths.set(id, (lengths.get(id) ?? 0) + count)
    },
    resetKVCache: () => lengths.set(0, 0),
  }
  const read = (count: number) => {
    host.fKVCacheBeginForward({}, [0], [count])
    host.filledKVCacheLength += count
  }
  return { host, lengths, read }
}

it('[E30] reads to the sequence in use and cuts that one, also where a name is given a second time', () => {
  const { host, lengths, read } = library()
  const { sequences, truncate } = openKvCache(host)
  if (!sequences) throw new Error('This library holds several.')
  read(40)
  sequences.fork(0, 1, 30)
  sequences.use(1)
  read(20)
  expect([lengths.get(0), lengths.get(1)]).toEqual([40, 50])
  sequences.remove(1)
  sequences.fork(0, 1, 8)
  sequences.use(1)
  expect(truncate(6)).toBe(6)
  expect(lengths.get(1)).toBe(6)
  expect(truncate(0)).toBe(0)
  read(3)
  sequences.use(0)
  expect(truncate(39)).toBe(39)
  expect([lengths.get(0), lengths.get(1)]).toEqual([39, 3])
})

it('[E34] holds one sequence where a function is missing, and empties it where it cannot cut', () => {
  const forkless = openKvCache(library('vm.builtin.kv_state_fork_sequence').host)
  expect([forkless.cuts, forkless.sequences]).toEqual([true, undefined])
  const { host, read } = library('vm.builtin.kv_state_popn')
  const uncut = openKvCache(host)
  read(9)
  expect([uncut.cuts, uncut.truncate(9), uncut.truncate(4)]).toEqual([false, 9, 0])
})
