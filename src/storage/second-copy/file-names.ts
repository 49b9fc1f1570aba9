/*
 * A folder holds the newest snapshots and the journals since:
 *   snapshot-<generation>-<n>    a backup file (backup/format.ts) that holds at least the changes up to number n
 *   journal-<generation>-<tab>   changes of one tab, one a line (journal.ts), of numbers above n of that generation's snapshot
 * Files of earlier generations are removed once a snapshot is complete and was read back.
 */

export type CopyFileName =
  | { readonly type: 'snapshot'; readonly generation: number; readonly n: number }
  | { readonly type: 'journal'; readonly generation: number }

export function snapshotName(generation: number, n: number): string {
  return `snapshot-${generation}-${n}`
}

export function journalName(generation: number, tab: string): string {
  return `journal-${generation}-${tab}`
}

/** What a file is; undefined for names that are none of ours. */
export function parseFileName(name: string): CopyFileName | undefined {
  const [, type, generation, rest = ''] = /^(snapshot|journal)-(\d+)-(.+)$/.exec(name) ?? []
  if (type === 'journal') return { type, generation: Number(generation) }
  if (type === 'snapshot' && /^\d+$/.test(rest)) return { type, generation: Number(generation), n: Number(rest) }
  return undefined
}
