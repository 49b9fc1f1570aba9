import type { Problem } from '#shared/problem.ts'

/** A file of the user's own on its way into the browser. */
export type OwnFileState =
  | { readonly type: 'idle' }
  | { readonly type: 'reading'; readonly name: string }
  | { readonly type: 'copying'; readonly name: string; readonly doneBytes: number; readonly totalBytes: number }
  /** It is a model of the list now. */
  | { readonly type: 'taken'; readonly name: string; readonly modelId: string; readonly modelName: string }
  | { readonly type: 'failed'; readonly name: string; readonly problem: Problem }
