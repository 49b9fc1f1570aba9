import type { Model, ModelFile } from '#ports/model.ts'
import { chatml } from './templates.ts'

const base = '/models/tiny'
const files: readonly ModelFile[] = [
  {
    url: `${base}/resolve/main/mlc-chat-config.json`,
    sizeBytes: 1_068,
    sha256: '3347505bea1d6b84b6df7666e71e6e21484f7abb364dbf005ec2b997eef4c492',
    role: 'config',
  },
  {
    url: `${base}/resolve/main/tokenizer.json`,
    sizeBytes: 13_651,
    sha256: 'dcb2bc30c1d813ba5560dfed40ec1202d72448711fdfa5835ecc60c7a1314ff0',
    role: 'tokenizer',
  },
  {
    url: `${base}/resolve/main/tensor-cache.json`,
    sizeBytes: 8_228,
    sha256: 'fc271e1235b3e95dfb45b16e35bd36e7cbd4a096cd7b62afc6dca9203e384c2d',
    role: 'weights',
  },
  {
    url: `${base}/resolve/main/params_shard_0.bin`,
    sizeBytes: 230_400,
    sha256: '15cad125e035b7c5f7cf95f7442c6537f24bccd52e7a449ba9b2b265e1d1fcd3',
    role: 'weights',
  },
  {
    url: `${base}/lib.wasm`,
    sizeBytes: 2_993_818,
    sha256: '6bade7db43ba7da78dc3d1d021a6ff919c9d5ba1a9c3d8e594acb52fb32fce77',
    role: 'library',
  },
]

/**
 * A test fixture, never offered to a user: two layers of seeded weights and a byte-level tokenizer (token id = byte
 * value). Its replies mean nothing, but they are deterministic and come fast.
 */
export const tinyModel: Model = {
  id: 'tiny',
  name: 'Tiny (test fixture)',
  parameters: 300_000,
  quantization: 'Q4_1',
  licence: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  languages: 'none',
  note: 'Test fixture.',
  source: 'built-in',
  contextLength: 4096,
  defaultWindow: 4096,
  template: chatml,
  defaultInstructions: '',
  tokenizerId: 'tiny',
  tokenizerUrl: `${base}/resolve/main/tokenizer.json`,
  writesMemory: false,
  sampling: { temperature: 0, topP: 1 },
  builds: {
    webllm: {
      downloadBytes: files.reduce((bytes, file) => bytes + file.sizeBytes, 0),
      weightBytes: 230_400,
      kvBytesPerToken: 1024,
      // Measured on the software adapter, as the GPU is asked for it.
      workingBytes: 3_465_000,
      needsF16: false,
      rolls: true,
      files,
      baseUrl: `${base}/resolve/main/`,
      libraryUrl: `${base}/lib.wasm`,
    },
  },
}
