import type { EmbedderModel } from '#ports/embedder.ts'
import type { EngineErrorType, LoadProgress } from '#ports/engine.ts'

/** What the page asks of an embedder's worker. Every request carries a call number that its answers repeat. */
export type ToEmbedder = { readonly call: number } & (
  | { readonly type: 'load'; readonly model: EmbedderModel }
  | { readonly type: 'embed'; readonly texts: readonly string[] }
  | { readonly type: 'abort' }
)

export type FromEmbedder = { readonly call: number } & (
  | { readonly type: 'load-progress'; readonly progress: LoadProgress }
  | { readonly type: 'loaded' }
  | { readonly type: 'vectors'; readonly vectors: readonly (Float32Array | undefined)[] }
  | { readonly type: 'failed'; readonly error: { readonly type: EngineErrorType; readonly message: string } }
)
