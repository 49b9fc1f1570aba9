import type { Finding } from '#memory/lint-memory.ts'
import type { ChatImporter } from '#ports/chat-importer.ts'
import type { Embedder, EmbedderModel } from '#ports/embedder.ts'
import type { Engine } from '#ports/engine.ts'
import type { Catalogue, EngineName, FilesState, Model, ModelBuild } from '#ports/model.ts'
import type { OwnModels } from '#ports/own-models.ts'
import type { RemoteDocuments } from '#ports/remote-server.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'
import type { Storage } from '#ports/storage.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import type { Clock } from '#shared/clock.ts'
import type { NewId } from '#shared/ids.ts'
import type { CheckRequest } from './memory-check/check-request.ts'
import type { BrowserModelState, Device } from './state.ts'
import type { TabLink } from './tab-link.ts'

/** What the runtime needs from outside; the composition root hands it in, tests hand in fakes. */
export type Services = {
  readonly storage: Storage
  /** Holds temporary conversations: memory of this tab, never a disk. */
  readonly temporary: Storage
  readonly retrieval: RetrievalIndex
  /** The bytes of the word table, fetched when the page has nothing better to do. */
  readonly fetchWordTable: () => Promise<Uint8Array>
  /** The neural embedder, made only when the user asks for it. */
  readonly embedding: {
    /** On offer, the one that comes with Longhand first. */
    readonly models: readonly EmbedderModel[]
    readonly create: (model: EmbedderModel) => Embedder
    /** Removes the files of one that is on offer from this browser. */
    readonly removeFiles: (model: EmbedderModel) => Promise<void>
  }
  /** Made when chats are imported, which few people do. */
  readonly openImporter: () => Promise<ChatImporter>
  /** Looks memory through for what a person should look at. */
  readonly checkMemory: (request: CheckRequest) => Promise<readonly Finding[]>
  readonly engines: Readonly<Partial<Record<EngineName, () => Engine>>>
  /** The models that are at hand from the start. */
  readonly models: readonly Model[]
  /** The model that the browser brings, where it has an API for one. */
  readonly browserModel?: { readonly model: Model; readonly availability: () => Promise<BrowserModelState> }
  /** Models of files that the user brought; absent where this build takes none. */
  readonly ownModels?: OwnModels
  /** All models, fetched when somebody looks at them or uses one that is not at hand. */
  readonly openCatalogue: () => Promise<Catalogue>
  readonly loadTokenCounter: (model: Model, signal: AbortSignal) => Promise<TokenCounter>
  readonly modelFiles: {
    /** What of some builds is in this browser, in their order. */
    readonly states: (builds: readonly ModelBuild[]) => Promise<readonly FilesState[]>
    /** `keepLibrary`: another model uses the same library. */
    readonly remove: (build: ModelBuild, options: { readonly keepLibrary: boolean }) => Promise<void>
  }
  /** Absent where this build knows no servers. */
  readonly remote?: RemoteDocuments
  readonly detectDevice: () => Promise<Device>
  readonly tabs: TabLink
  readonly clock: Clock
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly newId: NewId
  /** A fresh seed for sampling, a non-negative 31-bit integer. */
  readonly newSeed: () => number
  readonly utcOffsetMinutes: (at: number) => number
  readonly browserStorage: {
    readonly persist: () => Promise<boolean>
    readonly persisted: () => Promise<boolean | 'unknown'>
    readonly estimate: () => Promise<{ readonly usageBytes?: number; readonly quotaBytes?: number }>
  }
  /** Lets the user keep a stream of bytes as a file. Rejects with name AbortError when the user cancels. */
  readonly saveFile: (name: string, bytes: ReadableStream<Uint8Array>) => Promise<void>
  /** Calls back when the page may be gone at any moment: hidden, frozen, closing. */
  readonly onLeaving: (callback: () => void) => () => void
  /** Calls back when the page can be seen again, was thawed, or the machine slept. */
  readonly onReturning: (callback: () => void) => () => void
}
