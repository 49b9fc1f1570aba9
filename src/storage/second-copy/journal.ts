import { decodeLine, encodeLine } from '#storage/backup/line.ts'
import { type Change, journaledTables } from '#storage/changes.ts'
import type { Commit } from '#storage/database.ts'

/** A line of a journal, checked. Lines are those of a backup file, with the commit's number as the line's. */
export type JournalEntry = { readonly n: number; readonly at: number; readonly changes: readonly Change[] }

const decoder = new TextDecoder()

export function encodeEntry({ n, changes }: Pick<Commit, 'n' | 'changes'>, at: number): Uint8Array<ArrayBuffer> {
  const parts = changes.map((change) =>
    change.type === 'put'
      ? `{"put":"${change.table}","row":${change.body}}`
      : `{"remove":"${change.table}","key":${JSON.stringify(change.key)}}`,
  )
  return encodeLine(n, `"at":${at},"changes":[${parts.join(',')}]`)
}

/** The whole lines of a journal. Torn, damaged and foreign ones are left out: the gap in the numbers tells of them. */
export function readJournal(bytes: Uint8Array): readonly JournalEntry[] {
  return [...journalEntries(bytes)].map(({ entry }) => entry)
}

/** `readJournal` entry by entry, with the offset at which each ends: for who must not read a long one at once. */
export function* journalEntries(bytes: Uint8Array): Generator<{ readonly entry: JournalEntry; readonly end: number }> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    if (end < 0) break
    const entry = readEntry(bytes.subarray(from, end))
    if (entry) yield { entry, end }
    from = end + 1
  }
}

function readEntry(bytes: Uint8Array): JournalEntry | undefined {
  const [, number] = /^\{"crc":"[0-9a-f]{8}","line":(\d+),/.exec(decoder.decode(bytes.subarray(0, 64))) ?? []
  if (number === undefined) return undefined
  try {
    const n = Number(number)
    const { at, changes } = decodeLine(n, bytes)
    // The check sum vouches that encodeEntry wrote the line; the rows in it are looked at by whoever puts them back.
    const read = (changes as readonly Record<string, unknown>[]).map(readChange)
    return { n, at: Number(at), changes: read.flatMap((change) => change ?? []) }
  } catch {
    return undefined
  }
}

function readChange({ put, remove, row, key }: Record<string, unknown>): Change | undefined {
  const table = journaledTables.find((name) => name === (put ?? remove))
  if (!table) return undefined
  if (put !== undefined) return { type: 'put', table, body: JSON.stringify(row) }
  return { type: 'remove', table, key: String(key) }
}
