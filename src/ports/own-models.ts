import type { EmbedderModel } from './embedder.ts'
import type { Model } from './model.ts'

/** A file that is copied into the browser: `reading`, its header; `copying`, so many bytes of it are here. */
export type TakeInProgress =
  | { readonly type: 'reading' }
  | { readonly type: 'copying'; readonly doneBytes: number; readonly totalBytes: number }

/** Models from files of the user's own. Failures are EngineErrors; `unfit-file` says why a file can be no model here. */
export interface OwnModels {
  /** Those whose files were taken in, by name. */
  list(): Promise<readonly Model[]>
  /**
   * Checks a GGUF file by its header and copies it into the browser. Nothing is stored of a file that is refused or whose
   * copying was aborted. The same file brought again takes its own place.
   */
  takeIn(file: File, onProgress: (progress: TakeInProgress) => void, signal: AbortSignal): Promise<Model>
  /** The same of models that make vectors of texts. */
  listEmbedders(): Promise<readonly EmbedderModel[]>
  takeInEmbedder(file: File, onProgress: (progress: TakeInProgress) => void, signal: AbortSignal): Promise<EmbedderModel>
  /** Removes a file and all that was made of it. */
  remove(modelId: string): Promise<void>
}
