import type { EmbedderModel } from '#ports/embedder.ts'
import type { Model } from '#ports/model.ts'
import { hub, libraries } from './hub-addresses.ts'

/** An embedder that the GPU runs, with what the page for downloads says of it. */
export type GpuEmbedder = Extract<EmbedderModel, { gpu: object }> & Pick<Model, 'note' | 'languages' | 'quantization'>

/** Dimensions of a BERT encoder whose vocabulary, places and kinds of text are those of the first one. */
type Shape = { readonly hidden: number; readonly layers: number }

/** Weights of BERT (Devlin et al. 2019) without its pooler. */
function parametersOf({ hidden, layers }: Shape): number {
  const [words, places, kinds, inner] = [30_522, 512, 2, 4 * hidden]
  const norm = 2 * hidden
  const attention = 4 * (hidden * hidden + hidden)
  const feedForward = 2 * hidden * inner + inner + hidden
  return (words + places + kinds) * hidden + norm + layers * (attention + feedForward + 2 * norm)
}

/** @param vramMiB what web-llm's record of the build for four texts names, in units of 2^20 bytes */
function arctic(size: 's' | 'm', shape: Shape, vramMiB: number): GpuEmbedder {
  const name = `Arctic Embed ${size.toUpperCase()}`
  const weightBytes = 4 * parametersOf(shape)
  const memoryBytes = Math.round(vramMiB * 2 ** 20)
  const repository = `snowflake-arctic-embed-${size}-q0f32-MLC`
  return {
    id: `${repository}-b4`,
    name,
    dimensions: shape.hidden,
    licence: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    languages: 'English',
    quantization: 'q0f32',
    note: 'Finds what means the same, for recall by meaning on the GPU. It writes no text.',
    questionPrefix: 'Represent this sentence for searching relevant passages: ',
    memoryBytes,
    gpu: {
      source: 'hub',
      readTokens: 512,
      build: {
        downloadBytes: weightBytes,
        weightBytes,
        kvBytesPerToken: 0,
        largestBufferBytes: 4 * 30_522 * shape.hidden,
        workingBytes: memoryBytes - weightBytes,
        needsF16: false,
        estimated: ['weights'],
        files: [],
        baseUrl: `${hub}${repository}/resolve/main/`,
        libraryUrl: `${libraries}snowflake-arctic-embed-${size}-q0f32-ctx512_cs512_batch4-webgpu.wasm`,
      },
    },
  }
}

/** web-llm's own embedders. Those for 32 texts at once take more memory and are not offered: messages are read one by one. */
export const gpuEmbedders: readonly GpuEmbedder[] = [
  arctic('s', { hidden: 384, layers: 12 }, 238.71),
  arctic('m', { hidden: 768, layers: 12 }, 539.4),
]
