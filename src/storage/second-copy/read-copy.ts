import { plainCopy } from '#storage/backup/plain-copy.ts'
import { rowSchemas } from '#storage/backup/schemas.ts'
import type { Change } from '#storage/changes.ts'
import { encodeRow, type Row } from '#storage/row.ts'
import type { TableName } from '#storage/tables.ts'
import type { CopyFile, CopyFiles } from './copy-files.ts'
import { parseFileName } from './file-names.ts'
import { type JournalEntry, readJournal } from './journal.ts'

/** The last thing that the journals say of a row; no `row` where it was removed. */
export type LastWord = { readonly table: TableName; readonly key: string; readonly row?: Row }

/** A lost database as its folder tells it: what was staged of its snapshot, and what changed since. */
export type ReadCopy = {
  readonly staged: boolean
  readonly words: readonly LastWord[]
  /** False where something is known to be missing. */
  readonly whole: boolean
  readonly upTo: number
  /** The newest commit and generation that it knows of. */
  readonly newest: number
  readonly generation: number
}

/** Stages the newest snapshot that can be read to its end, and reads the journals since. Bad files are passed over. */
export async function readCopy(files: CopyFiles, folder: string, stage: (file: Blob) => Promise<unknown>): Promise<ReadCopy> {
  const list = await files.list(folder)
  const snapshot = await stageNewest(files, folder, list, stage)
  const base = snapshot?.n ?? 0
  const entries: JournalEntry[] = []
  let upTo = snapshot?.changedAt ?? 0
  for (const { name } of list) {
    if (parseFileName(name)?.type !== 'journal') continue
    const bytes = new Uint8Array(await (await files.read(folder, name)).arrayBuffer())
    for (const entry of readJournal(bytes)) {
      if (entry.n > base) entries.push(entry)
      upTo = Math.max(upTo, entry.at)
    }
  }
  const generation = Math.max(0, ...list.map(({ name }) => parseFileName(name)?.generation ?? 0))
  const numbers = new Set(entries.map(({ n }) => n))
  const newest = Math.max(base, ...numbers)
  const words = new Map<string, LastWord>()
  let whole = numbers.size === newest - base
  // A number stands twice where a power cut took the last commits back: then both were acknowledged.
  for (const { changes } of entries.sort((a, b) => a.n - b.n || a.at - b.at))
    for (const change of changes) {
      const word = lastWord(change)
      if (word) words.set(`${word.table} ${word.key}`, word)
      else whole = false
    }
  return { staged: snapshot !== undefined, words: [...words.values()], whole, upTo, newest, generation }
}

async function stageNewest(
  files: CopyFiles,
  folder: string,
  list: readonly CopyFile[],
  stage: (file: Blob) => Promise<unknown>,
): Promise<{ readonly n: number; readonly changedAt: number } | undefined> {
  const snapshots = list.flatMap(({ name, changedAt }) => {
    const parsed = parseFileName(name)
    return parsed?.type === 'snapshot' ? [{ ...parsed, name, changedAt }] : []
  })
  for (const { name, n, changedAt } of snapshots.sort((a, b) => b.generation - a.generation || b.n - a.n))
    try {
      await stage(await files.read(folder, name))
      return { n, changedAt }
    } catch (thrown) {
      if (!isBadFile(thrown)) throw thrown
    }
  return undefined
}

/** Half-written or damaged; anything else is no reason to do without it. */
function isBadFile(thrown: unknown): boolean {
  const { type, name } = thrown as { readonly type?: unknown; readonly name?: unknown }
  return type === 'bad-backup' || name === 'NotReadableError' || name === 'NotFoundError'
}

function lastWord(change: Change): LastWord | undefined {
  if (change.type === 'remove') return { table: change.table, key: change.key }
  const { table } = change
  try {
    const parsed = rowSchemas[table].safeParse(plainCopy(JSON.parse(change.body)))
    if (!parsed.success) return undefined
    const row = encodeRow(table, parsed.data)
    return { table, key: row.id, row }
  } catch {
    return undefined
  }
}
