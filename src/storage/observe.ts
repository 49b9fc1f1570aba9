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

/** Between two looks at a whole table pass at least so many times the time that one took: a long list must not fill the page's time. */
const restForEachLook = 4

/**
 * `observeQuery` for a query over a whole table, which may be long: looks again after a commit from any tab, but while many
 * commits follow each other only as often as leaves the page most of its time. The last commit is always looked at.
 */
export function observeTable<Result>(
  databaseName: string,
  table: string,
  query: () => Promise<Result>,
  callback: (result: Result) => void,
): Unsubscribe {
  let stopped = false
  let looking = false
  let stale = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    looking = true
    stale = false
    const began = performance.now()
    let restMs: number
    try {
      const result = await query()
      failures = 0
      if (!stopped) callback(result)
      restMs = (performance.now() - began) * restForEachLook
    } catch {
      stale = true
      restMs = againMs[Math.min(failures++, againMs.length - 1)] ?? 0
    }
    if (stopped) return
    timer = setTimeout(() => {
      looking = false
      if (stale) void look()
    }, restMs)
  }

  const unsubscribe = observeWrites(databaseName, table, () => {
    stale = true
    if (!looking && !stopped) void look()
  })
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
    unsubscribe()
  }
}
