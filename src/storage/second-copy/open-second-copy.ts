import type { Locks } from '#storage/living-tabs.ts'
import type { CopyFiles } from './copy-files.ts'
import { type WrittenCopy, writeSecondCopy } from './second-copy.ts'

/** Runs one piece of work after the other over all tabs, where the platform can; in this tab in any case. */
export type Alone = <Result>(work: () => Promise<Result>) => Promise<Result>

export function oneAtATime(databaseName: string, locks: Locks | undefined): Alone {
  if (!locks) {
    let last: Promise<unknown> = Promise.resolve()
    return (work) => {
      const mine = last.then(work, work)
      last = mine.catch(() => undefined)
      return mine
    }
  }
  return (work) => locks.request(`longhand:${databaseName}:second-copy`, work)
}

/** The copy of this database, or one that says that there is none and never was. */
export function openSecondCopy(
  databaseName: string,
  files: CopyFiles | undefined,
  parts: { readonly folder: string; readonly tab: string; readonly now: () => number; readonly alone: Alone },
): WrittenCopy {
  if (!files) return noCopy
  // Generations of another database, lost under a tab that lives on, mean nothing here.
  const channel = new BroadcastChannel(`longhand:${databaseName}:${parts.folder}`)
  return writeSecondCopy({ ...parts, files, channel })
}

const noCopy: WrittenCopy = {
  append: async () => {},
  tend: () => {},
  renew: async () => {},
  observe(callback) {
    callback({ type: 'none', reason: 'unsupported' })
    return () => {}
  },
  close: () => {},
}
