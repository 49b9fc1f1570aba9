/** The part of a dropped entry (File and Directory Entries API) that is used here. */
export type DroppedEntry =
  | { readonly isFile: true; file(found: (file: File) => void, failed: (error: unknown) => void): void }
  | {
      readonly isFile: false
      createReader(): { readEntries(found: (entries: readonly DroppedEntry[]) => void, failed: (error: unknown) => void): void }
    }

/** More than any model has; a folder that holds everything is not read to its end. */
const most = 5000

/** All files of what was dropped: files as they are, and those in folders, however deep. */
export async function filesOf(entries: readonly DroppedEntry[]): Promise<readonly File[]> {
  const files: File[] = []
  const waiting = [...entries]
  for (let entry = waiting.shift(); entry && files.length < most; entry = waiting.shift()) {
    if (entry.isFile) {
      const { file } = entry
      files.push(await new Promise<File>((found, failed) => file.call(entry, found, failed)))
      continue
    }
    // A reader tells of a hundred at a time, and of none at its end.
    const reader = entry.createReader()
    for (let more = await next(reader); more.length > 0; more = await next(reader)) waiting.push(...more)
  }
  return files
}

type Reader = ReturnType<Extract<DroppedEntry, { isFile: false }>['createReader']>

const next = (reader: Reader): Promise<readonly DroppedEntry[]> =>
  new Promise((found, failed) => reader.readEntries(found, failed))

/** The entries of a drop. They have to be taken before the event is over. */
export function entriesOf({ items }: DataTransfer): readonly DroppedEntry[] {
  return [...items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry ? [entry as unknown as DroppedEntry] : []
  })
}
