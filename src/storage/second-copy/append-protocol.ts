/** What the page asks of the worker that appends, in the order in which it is to be done. */
export type AppendRequest = { readonly id: number; readonly path: readonly string[] } & (
  | { readonly type: 'append'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'release' }
)
/** `error` where it failed: then nothing was appended. */
export type AppendAnswer = { readonly id: number; readonly error?: string }
