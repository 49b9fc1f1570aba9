import type { LoadProgress } from './engine.ts'
import type { Model, ModelBuild, ModelFile } from './model.ts'

/** A model that turns texts into vectors of their meaning. It runs on the CPU from one file, or on the GPU from a build. */
export type EmbedderModel = Pick<Model, 'name' | 'licence'> & {
  /** Names model and encoding: vectors are compared only with vectors of the same id. */
  readonly id: string
  readonly dimensions: number
  /** Memory that it takes once loaded. */
  readonly memoryBytes: number
  /** What its makers want before a question, and not before what is searched. */
  readonly questionPrefix?: string
} & (CpuEmbedder | GpuEmbedder)

type CpuEmbedder = {
  readonly gpu?: never
  readonly file: ModelFile
  /** How the vectors of a text's tokens become one: their mean (absent), the first token's, or the last one's. */
  readonly pooling?: 'cls' | 'last'
  /** Most tokens of a text that it reads; absent: 512. */
  readonly readTokens?: number
  /** From a file of the user's own: no server has it. `packed`: its matrices stay as they are, for want of memory. */
  readonly own?: { readonly packed: boolean }
}

type GpuEmbedder = {
  readonly file?: never
  readonly pooling?: never
  readonly own?: never
  readonly gpu: {
    /** Its library gives a text's vector in the place of the first token. There is no KV cache. */
    readonly build: ModelBuild
    /** `hub`: its files are fetched on the page for downloads alone. */
    readonly source: 'built-in' | 'hub'
    /** Most tokens of a text that it reads, with the first and the last one. */
    readonly readTokens: number
  }
}

/** What has to be fetched, or was brought, of an embedder. */
export const embedderBytes = ({ file, gpu }: EmbedderModel): number => file?.sizeBytes ?? gpu?.build.downloadBytes ?? 0

/**
 * Turns texts into unit vectors whose cosine says how near their meanings are. Every failure is an EngineError. One text at a
 * time: a second call waits for the first.
 */
export interface Embedder {
  /** Loads a model, replacing what was loaded. Aborting rejects with type `aborted` and leaves the embedder empty. */
  load(model: EmbedderModel, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void>
  /**
   * The vectors of texts, in their order; a text too long for the model counts by its beginning, and one without words has no
   * vector. Aborting rejects with type `aborted`, after the text under way.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (Float32Array | undefined)[]>
  /** Ends the embedder for good: its worker is terminated, pending calls reject with type `terminated`. */
  close(): void
}
