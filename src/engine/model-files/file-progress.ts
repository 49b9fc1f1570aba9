import type { CheckedBy } from './check-digest.ts'

/** How one file of a download stands. */
export type FileProgress = {
  readonly name: string
  readonly doneBytes: number
  /** Absent until the server named it. */
  readonly totalBytes?: number
  readonly state:
    | { readonly type: 'waiting' | 'fetching' }
    /** The connection broke or the server was busy; tried again after this many milliseconds. */
    | { readonly type: 'retrying'; readonly reason: string; readonly waitMs: number }
    /** Wrong bytes arrived, or were found on the disk: fetched anew. */
    | { readonly type: 'damaged'; readonly reason: string }
    | { readonly type: 'kept'; readonly checkedBy: CheckedBy }
}
