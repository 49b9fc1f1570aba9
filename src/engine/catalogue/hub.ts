import type { ChatTemplate } from '#context/template.ts'
import type { Model } from '#ports/model.ts'
import { chatml, gemma, llama3, qwen3 } from './templates.ts'

/** Where the hub keeps compiled models, and where WebLLM 0.2.86 takes their libraries from. */
const hub = 'https://huggingface.co/mlc-ai/'
const libraries = 'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/'

type Row = {
  readonly repository: string
  /** Base name of the library; several models of one shape share one. */
  readonly library: string
  readonly name: string
  readonly parameters: number
  readonly licence: Model['licence']
  readonly languages: string
  readonly note: string
  readonly contextLength: number
  readonly template: ChatTemplate
  readonly instructions: string
  readonly tokenizerId: string
  readonly sampling: Model['sampling']
  /** WebLLM's own figure for weights, activations and a window of 4,096 tokens, in units of 2^20 bytes. */
  readonly vramMiB: number
  readonly kvKiBPerToken: number
}

const MIB = 1024 * 1024

/**
 * A model of the hub, quantized as q4f16_1: 4.5 bits a weight, half-precision arithmetic. The list of its files is known
 * only from its tensor-cache.json at download time, so `files` is empty and its sizes are computed, not published.
 */
function fromHub(row: Row): Model {
  const weightBytes = Math.round((row.parameters * 4.5) / 8)
  const kvBytesPerToken = row.kvKiBPerToken * 1024
  const baseUrl = `${hub}${row.repository}/resolve/main/`
  return {
    id: row.repository,
    name: row.name,
    parameters: row.parameters,
    quantization: 'q4f16',
    licence: row.licence,
    languages: row.languages,
    note: row.note,
    source: 'hub',
    contextLength: row.contextLength,
    defaultWindow: 8192,
    template: row.template,
    defaultInstructions: row.instructions,
    tokenizerId: row.tokenizerId,
    tokenizerUrl: `${baseUrl}tokenizer.json`,
    writesMemory: true,
    sampling: row.sampling,
    builds: {
      webllm: {
        downloadBytes: weightBytes,
        weightBytes,
        kvBytesPerToken,
        workingBytes: Math.max(0, row.vramMiB * MIB - 4096 * kvBytesPerToken - weightBytes),
        needsF16: true,
        files: [],
        baseUrl,
        libraryUrl: `${libraries}${row.library}_cs1k-webgpu.wasm`,
      },
    },
  }
}

const apache = { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' }
const llamaLicence = { name: 'Llama 3.2 licence', url: 'https://www.llama.com/llama3_2/license/' }
const llamaLanguages = '8 languages'
const llamaInstructions = 'You are a helpful assistant.'

/** A short list that fits most GPUs, smallest first. */
export const hubModels: readonly Model[] = [
  fromHub({
    repository: 'gemma3-1b-it-q4f16_1-MLC',
    library: 'gemma3-1b-it-q4f16_1',
    name: 'Gemma 3 1B',
    parameters: 999_885_952,
    licence: { name: 'Gemma terms', url: 'https://ai.google.dev/gemma/terms' },
    languages: '140 languages',
    note: 'Smallest download that chats well; many languages.',
    contextLength: 32_768,
    template: gemma,
    instructions: '',
    tokenizerId: 'gemma3',
    sampling: { temperature: 1, topP: 0.95 },
    vramMiB: 711.07,
    kvKiBPerToken: 26,
  }),
  fromHub({
    repository: 'Llama-3.2-1B-Instruct-q4f16_1-MLC',
    library: 'Llama-3.2-1B-Instruct-q4f16_1',
    name: 'Llama 3.2 1B',
    parameters: 1_235_814_400,
    licence: llamaLicence,
    languages: llamaLanguages,
    note: 'Small, with a true long context.',
    contextLength: 131_072,
    template: llama3,
    instructions: llamaInstructions,
    tokenizerId: 'llama3',
    sampling: { temperature: 0.6, topP: 0.9 },
    vramMiB: 879.04,
    kvKiBPerToken: 32,
  }),
  fromHub({
    repository: 'Qwen2.5-1.5B-Instruct-q4f16_1-MLC',
    library: 'Qwen2-1.5B-Instruct-q4f16_1',
    name: 'Qwen2.5 1.5B',
    parameters: 1_543_714_304,
    licence: apache,
    languages: '29 languages',
    note: 'Little memory for each token of the window.',
    contextLength: 32_768,
    template: chatml,
    instructions: 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.',
    tokenizerId: 'qwen2',
    sampling: { temperature: 0.7, topP: 0.8 },
    vramMiB: 1629.75,
    kvKiBPerToken: 28,
  }),
  fromHub({
    repository: 'Qwen3-1.7B-q4f16_1-MLC',
    library: 'Qwen3-1.7B-q4f16_1',
    name: 'Qwen3 1.7B',
    parameters: 1_720_574_976,
    licence: apache,
    languages: '100+ languages',
    note: 'Careful for its size; writes memory.',
    contextLength: 40_960,
    template: qwen3,
    instructions: 'You are a helpful assistant.',
    tokenizerId: 'qwen3',
    sampling: { temperature: 0.7, topP: 0.8 },
    vramMiB: 2036.66,
    kvKiBPerToken: 112,
  }),
  fromHub({
    repository: 'Llama-3.2-3B-Instruct-q4f16_1-MLC',
    library: 'Llama-3.2-3B-Instruct-q4f16_1',
    name: 'Llama 3.2 3B',
    parameters: 3_212_749_824,
    licence: llamaLicence,
    languages: llamaLanguages,
    note: 'Writes well; with a true long context.',
    contextLength: 131_072,
    template: llama3,
    instructions: llamaInstructions,
    tokenizerId: 'llama3',
    sampling: { temperature: 0.6, topP: 0.9 },
    vramMiB: 2263.69,
    kvKiBPerToken: 112,
  }),
  fromHub({
    repository: 'Qwen3-4B-q4f16_1-MLC',
    library: 'Qwen3-4B-q4f16_1',
    name: 'Qwen3 4B',
    parameters: 4_022_468_096,
    licence: apache,
    languages: '100+ languages',
    note: 'The best of this list where it fits.',
    contextLength: 40_960,
    template: qwen3,
    instructions: 'You are a helpful assistant.',
    tokenizerId: 'qwen3',
    sampling: { temperature: 0.7, topP: 0.8 },
    vramMiB: 3431.59,
    kvKiBPerToken: 144,
  }),
]
