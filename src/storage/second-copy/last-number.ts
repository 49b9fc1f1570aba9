import type { CopyFiles } from './copy-files.ts'
import { parseFileName } from './file-names.ts'
import { readJournal } from './journal.ts'

const tailBytes = 64 * 1024

/**
 * The number of the newest commit that the copy of a database knows of, read from the ends of its files. A database that
 * counts less has gone back: some browsers drop the newest commits of a damaged one, without a word.
 */
export async function lastNumber(files: CopyFiles, folder: string): Promise<number> {
  let last = 0
  for (const { name, bytes } of await files.list(folder)) {
    const parsed = parseFileName(name)
    if (parsed?.type === 'snapshot') last = Math.max(last, parsed.n)
    if (parsed?.type !== 'journal') continue
    const file = await files.read(folder, name)
    const read = async (from: number) => readJournal(new Uint8Array(await file.slice(from).arrayBuffer()))
    let entries = await read(Math.max(0, bytes - tailBytes))
    if (entries.length === 0 && bytes > tailBytes) entries = await read(0)
    last = Math.max(last, ...entries.map(({ n }) => n))
  }
  return last
}
