import { Dexie, liveQuery, RangeSet, rangesOverlap } from 'dexie'
import type { Unsubscribe } from '#ports/storage.ts'

/** Waits before a live query that failed is asked again, in milliseconds; the last one repeats. */
const againMs = [50, 250, 1000]

/**
 * Calls back with the query's result now and whenever a write, from any tab, may have changed it. A query that fails,
 * as when the connection was lost, is asked again until it succeeds: the caller sees the last good result meanwhile.
 */
export function observeQuery<Result>(query: () => Promise<Result>, callback: (result: Result) => void): Unsubscribe {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe(): void } | undefined
  let failures = 0
  function start(): void {
    subscription = liveQuery(query).subscribe({
      next(result) {
        failures = 0
        if (!stopped) callback(result)
      },
      error() {
        if (stopped) return
        timer = setTimeout(start, againMs[Math.min(failures++, againMs.length - 1)])
      },
    })
  }
  start()
  return () => {
    stopped = true
    clearTimeout(timer)
    subscription?.unsubscribe()
  }
}

/** Calls back after each commit, from any tab, that touched the table; with `key`, only index entries that begin with it. */
export function observeWrites(databaseName: string, table: string, callback: () => void, index = '', key?: string): Unsubscribe {
  const part = `idb://${databaseName}/${table}/${index}`
  const watched = key === undefined ? undefined : new RangeSet([key], [key, []])
  const listener: Parameters<typeof Dexie.on.storagemutated.subscribe>[0] = (parts) => {
    const touched = parts[part]
    if (touched && (!watched || rangesOverlap(touched, watched))) callback()
  }
  Dexie.on.storagemutated.subscribe(listener)
  return () => Dexie.on.storagemutated.unsubscribe(listener)
}
