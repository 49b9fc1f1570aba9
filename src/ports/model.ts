import type { Sampling } from '#context/manifest.ts'
import type { ChatTemplate } from '#context/template.ts'

/** `remote`: a server outside this page, which the user allowed by its address. `browser`: the browser's own model. */
export type EngineName = 'webllm' | 'wllama' | 'remote' | 'browser' | 'scripted'

/** One file of a model, with what is needed to show progress in bytes and to find a wrong byte. */
export type ModelFile = {
  /** Path below the origin for built-in models, else an absolute address. */
  readonly url: string
  readonly sizeBytes: number
  /** Hex SHA-256; absent for files of the hub that publish none. */
  readonly sha256?: string
  readonly role: 'weights' | 'library' | 'config' | 'tokenizer'
}

/** What the model's makers recommend; what is absent is neutral. */
export type RecommendedSampling = Pick<
  Sampling,
  'temperature' | 'topP' | 'topK' | 'minP' | 'repetitionPenalty' | 'presencePenalty' | 'frequencyPenalty'
>

/** Weights and limits of a language model, and how it can run. */
export type Model = {
  readonly id: string
  readonly name: string
  /** Models that belong together on a page: "Llama 3.2". */
  readonly family?: string
  readonly parameters: number
  readonly quantization: string
  /** `mustAccept`: it sets conditions, so that the user has to agree before anything is downloaded. */
  readonly licence: { readonly name: string; readonly url: string; readonly mustAccept?: boolean }
  readonly languages: string
  /** Shown with the model: what it is good for here, or that it is a demonstration model. */
  readonly note: string
  /** `remote`: it runs on a server, and its files are none of ours. `file`: the user brought it; no server has it. `browser`: the browser brings it. */
  readonly source: 'built-in' | 'hub' | 'remote' | 'file' | 'browser'
  /** Longest context it was trained for, in tokens. */
  readonly contextLength: number
  readonly defaultWindow: number
  readonly template: ChatTemplate
  /** The system text it was tuned with; used when the user gave no instructions of their own. */
  readonly defaultInstructions: string
  /** Counts made with one tokenizer are valid for every model that shares its id. */
  readonly tokenizerId: string
  /** Address of its tokenizer.json; empty where the page has none and tokens are counted by the engine. */
  readonly tokenizerUrl: string
  /** Whether its summaries and facts may enter memory; below about 1B parameters they may not. */
  readonly writesMemory: boolean
  readonly sampling: RecommendedSampling
  /** Whether it thinks in writing before it answers: `off` unless it is switched on (`thinks`). Absent: it does not. */
  readonly thinking?: 'off' | 'always'
  /** How it is prompted, and what is recommended, with thinking on. */
  readonly thinks?: { readonly template: ChatTemplate; readonly sampling: RecommendedSampling }
  /** For general talk and of the present generation: may be recommended unasked. */
  readonly recommend?: boolean
  readonly selfTest?: SelfTest
  readonly builds: Readonly<Partial<Record<EngineName, ModelBuild>>>
}

/** A text that any sound run of a model goes on with in a known way: greedy, so many tokens, and what has to be in them. */
export type SelfTest = { readonly prompt: string; readonly tokens: number; readonly wants: string }

/** How a model runs on one engine. */
export type ModelBuild = {
  readonly downloadBytes: number
  /** Memory for the weights once loaded. */
  readonly weightBytes: number
  readonly kvBytesPerToken: number
  /** Of those, what lies in one buffer: a GPU limits the size of each. Absent on the CPU. */
  readonly kvBufferBytesPerToken?: number
  /** Largest buffer that the weights need. */
  readonly largestBufferBytes?: number
  /** Activations, shaders and the runtime itself. */
  readonly workingBytes: number
  readonly needsF16: boolean
  /** Its library reads rightly in a rolling window: it turns keys to their places when they are read. */
  readonly rolls?: true
  /** On the CPU its weights are unpacked to float32 where memory allows; `weightBytes` is then what they take unpacked. */
  readonly unpacks?: true
  /** Figures that are derived from others and not published or measured, for the words on the screen. */
  readonly estimated?: readonly ('weights' | 'window')[]
  readonly files: readonly ModelFile[]
  /** WebLLM: base address that ends in `/resolve/main/`, and the library. */
  readonly baseUrl?: string
  readonly libraryUrl?: string
}

/** A model that web-llm names and Longhand does not run, with the reason. */
export type UnofferedModel = {
  readonly name: string
  readonly family: string
  readonly why: string
  /** Memory that the package names for it, with the window of `windowTokens`. */
  readonly memoryBytes: number
  readonly windowTokens?: number
}

/** All that is known of models: what runs here, and what does not. */
export type Catalogue = { readonly models: readonly Model[]; readonly unoffered: readonly UnofferedModel[] }

/** What of a build is in this browser. */
export type FilesState = { readonly onDisk: 'yes' | 'partly' | 'no'; readonly bytes: number }
