import type { SecondCopy, SecondCopyState } from '#ports/storage.ts'
import type { Damage } from '#storage/damage.ts'
import type { Commit, Database } from '#storage/database.ts'
import type { CopyFiles } from './copy-files.ts'
import { journalName, parseFileName } from './file-names.ts'
import { encodeEntry } from './journal.ts'

/** Longest that an acknowledgement waits for the copy: a file system that hangs must not hold up a turn. */
const patienceMs = 2000
/** After a conversation was removed for good, the copy is written anew this soon: long enough for several at once. */
const removedSoonMs = 500
const againAfterMs = 30_000
const longestWaitMs = 3_600_000
const journalLimitBytes = 8 * 1024 * 1024

export type CopyParts = {
  readonly files: CopyFiles
  /** Names this database's folder. */
  readonly folder: string
  readonly tab: string
  readonly now: () => number
  /** Runs one after the other over all tabs. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Tells the other tabs of a new generation, and hears of theirs. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'close'> & { onmessage: ((event: MessageEvent) => void) | null }
}

/** The copy as the storage writes it: every commit into a journal, and snapshots from time to time. */
export type WrittenCopy = Pick<SecondCopy, 'observe' | 'renew'> & {
  /** Resolves once the commit is in the journal, or cannot be; never rejects. */
  readonly append: (commit: Commit) => Promise<void>
  /** Begins to keep the copy complete: looks at it after a while, and whenever there is a reason. */
  readonly tend: (database: Database, damage: Damage, afterMs: number) => void
  readonly close: () => void
}

export function writeSecondCopy(parts: CopyParts): WrittenCopy {
  const { files, folder, tab, now, channel } = parts
  const observers = new Set<(state: SecondCopyState) => void>()
  let state: SecondCopyState = { type: 'none', reason: 'starting' }
  let tended: { readonly database: Database; readonly damage: Damage } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let failures = 0
  let current: { readonly name: string; bytes: number } | undefined
  let appending: Promise<unknown> = Promise.resolve()
  let closed = false

  function become(next: SecondCopyState): void {
    state = next
    for (const observer of [...observers]) observer(state)
  }

  async function append(commit: Commit): Promise<void> {
    const at = now()
    const bytes = encodeEntry(commit, at)
    const name = journalName(commit.generation, tab)
    const written = inTime(files.append(folder, name, bytes))
    appending = Promise.allSettled([appending, written])
    if (current?.name !== name) {
      // A commit of the generation before may still be on its way when the first one of the next was written.
      if (!current || generationOf(name) > generationOf(current.name)) {
        letGoOf(current?.name)
        current = { name, bytes: 0 }
      }
    }
    try {
      await written
    } catch {
      if (!closed) fellBehind()
      return
    }
    if (state.type === 'complete') become({ type: 'complete', writtenAt: at })
    if (current?.name === name) current.bytes += bytes.length
    if (commit.changes.some(({ type, table }) => type === 'remove' && table !== 'settings')) lookIn(removedSoonMs)
    else if ((current?.bytes ?? 0) > journalLimitBytes) lookIn(0)
  }

  function fellBehind(): void {
    become({ type: 'none', reason: 'behind' })
    lookIn(Math.min(againAfterMs * 2 ** failures++, longestWaitMs))
  }

  /** Closes and removes a journal that a snapshot has made needless; one that cannot be removed now is by the next snapshot. */
  function letGoOf(name: string | undefined): void {
    if (name === undefined) return
    files
      .release(folder, name)
      .then(() => files.remove(folder, name))
      .catch(() => undefined)
  }

  function generationIs(generation: number): void {
    if (!current || generationOf(current.name) >= generation) return
    letGoOf(current.name)
    current = undefined
  }
  channel.onmessage = ({ data }) => generationIs(Number(data))

  function lookIn(ms: number): void {
    if (closed || !tended || dueAt <= Date.now() + ms) return
    clearTimeout(timer)
    dueAt = Date.now() + ms
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY
      void look('where-needed')
    }, ms)
  }

  async function look(snapshot: 'always' | 'where-needed'): Promise<void> {
    if (closed || !tended) return
    const { database, damage } = tended
    try {
      // What is only needed to keep the copy up is no part of a start.
      const { tendCopy } = await import('./tend-copy.ts')
      const found = await tendCopy({ ...parts, database, damage, settled: () => appending, snapshot })
      if (closed) return
      if (found.generation !== undefined) {
        generationIs(found.generation)
        channel.postMessage(found.generation)
      }
      failures = 0
      become({ type: 'complete', writtenAt: found.writtenAt })
    } catch {
      if (!closed) fellBehind()
    }
  }

  return {
    append,
    tend(database, damage, afterMs) {
      tended = { database, damage }
      lookIn(afterMs)
    },
    renew: () => look('always'),
    observe(callback) {
      const observer = (next: SecondCopyState) => callback(next)
      observers.add(observer)
      observer(state)
      return () => observers.delete(observer)
    },
    close() {
      closed = true
      clearTimeout(timer)
      channel.close()
      files.close()
    },
  }
}

function generationOf(name: string): number {
  return parseFileName(name)?.generation ?? 0
}

function inTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The second copy could not be written in time.')), patienceMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
