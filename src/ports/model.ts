import type { ChatTemplate } from '#context/template.ts'

export type EngineName = 'webllm' | 'wllama' | 'scripted'

/** One file of a model, with what is needed to show progress in bytes and to find a wrong byte. */
export type ModelFile = {
  /** Path below the origin for built-in models, else an absolute address. */
  readonly url: string
  readonly sizeBytes: number
  /** Hex SHA-256; absent for files of the hub that publish none. */
  readonly sha256?: string
  readonly role: 'weights' | 'library' | 'config' | 'tokenizer'
}

/** Weights and limits of a language model, and how it can run. */
export type Model = {
  readonly id: string
  readonly name: string
  readonly parameters: number
  readonly quantization: string
  readonly licence: { readonly name: string; readonly url: string }
  readonly languages: string
  /** Shown with the model: what it is good for here, or that it is a demonstration model. */
  readonly note: string
  readonly source: 'built-in' | 'hub'
  /** Longest context it was trained for, in tokens. */
  readonly contextLength: number
  readonly defaultWindow: number
  readonly template: ChatTemplate
  /** The system text it was tuned with; used when the user gave no instructions of their own. */
  readonly defaultInstructions: string
  /** Counts made with one tokenizer are valid for every model that shares its id. */
  readonly tokenizerId: string
  /** Address of its tokenizer.json. */
  readonly tokenizerUrl: string
  /** Whether its summaries and facts may enter memory; below about 1B parameters they may not. */
  readonly writesMemory: boolean
  readonly sampling: { readonly temperature: number; readonly topP: number }
  readonly builds: Readonly<Partial<Record<EngineName, ModelBuild>>>
}

/** How a model runs on one engine. */
export type ModelBuild = {
  readonly downloadBytes: number
  /** Memory for the weights once loaded. */
  readonly weightBytes: number
  readonly kvBytesPerToken: number
  /** Activations, shaders and the runtime itself. */
  readonly workingBytes: number
  readonly needsF16: boolean
  readonly files: readonly ModelFile[]
  /** WebLLM: base address that ends in `/resolve/main/`, and the library. */
  readonly baseUrl?: string
  readonly libraryUrl?: string
}
