/** What is needed of localStorage. */
export type SentinelPlace = Pick<globalThis.Storage, 'getItem' | 'setItem'>

type Mark = { readonly uuid: string; readonly holdsData: boolean }

/**
 * A mark outside the database that says which database there was and whether it held anything: Chromium makes a damaged
 * database anew without a word, and only something outside of it can tell.
 */
export type Sentinel = {
  /** Whether a database that held data has been replaced by the one with this id. */
  readonly tellsOfWipe: (uuid: string) => boolean
  readonly mark: (uuid: string, holdsData: boolean) => void
}

/** The browser's localStorage, where there is one and it may be used. */
export function browserPlace(): SentinelPlace | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export function createSentinel(databaseName: string, place: SentinelPlace | undefined): Sentinel {
  const key = `longhand:${databaseName}:sentinel`
  let last = read(place, key)
  return {
    tellsOfWipe: (uuid) => last?.holdsData === true && last.uuid !== uuid,
    mark(uuid, holdsData) {
      const holds = holdsData || (last?.uuid === uuid && last.holdsData)
      if (last?.uuid === uuid && last.holdsData === holds) return
      last = { uuid, holdsData: holds }
      try {
        place?.setItem(key, JSON.stringify(last))
      } catch {
        // A full or forbidden localStorage costs only the detection of a wipe.
      }
    },
  }
}

function read(place: SentinelPlace | undefined, key: string): Mark | undefined {
  try {
    const mark = JSON.parse(place?.getItem(key) ?? 'null') as Partial<Mark> | null
    if (typeof mark?.uuid === 'string') return { uuid: mark.uuid, holdsData: mark.holdsData === true }
  } catch {
    // Unreadable: as if there were none.
  }
  return undefined
}
