import type { EmbedderModel } from '#ports/embedder.ts'
import type { ModelFile } from '#ports/model.ts'

const base = '/models/tiny-embedder'
const files: readonly ModelFile[] = [
  {
    url: `${base}/resolve/main/mlc-chat-config.json`,
    sizeBytes: 192,
    sha256: '46f95af0208f0426942cb6c05c2e6f50e47834ab6f013851d608f7cbe8072888',
    role: 'config',
  },
  {
    url: `${base}/resolve/main/tokenizer.json`,
    sizeBytes: 2_506,
    sha256: '9410cdf7803fdc5023da9286be15ac7aff377775ceb98de34499d302d72f719e',
    role: 'tokenizer',
  },
  {
    url: `${base}/resolve/main/tensor-cache.json`,
    sizeBytes: 5_070,
    sha256: '0c87ebfac8174869499fc6938558efd58725f0bd25c5b56c311c0749a2f51472',
    role: 'weights',
  },
  {
    url: `${base}/resolve/main/params_shard_0.bin`,
    sizeBytes: 148_352,
    sha256: '3888ea1cacdfabc896474d28e5207d1b490e774bb7a8d01a1ee7cb75d8f696be',
    role: 'weights',
  },
  {
    url: `${base}/lib.wasm`,
    sizeBytes: 2_629_354,
    sha256: '28eb828f7ad81ff085fd02961896a1f755e69e989f4a101975174d6b2a2298b4',
    role: 'library',
  },
]

/** A test fixture, never offered to a user: a BERT of two layers with seeded weights. What it finds near means nothing. */
export const tinyEmbedder = {
  id: 'tiny-embedder',
  name: 'Tiny embedder (test fixture)',
  dimensions: 32,
  licence: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  memoryBytes: 40_000_000,
  gpu: {
    source: 'built-in',
    readTokens: 512,
    build: {
      downloadBytes: files.reduce((bytes, file) => bytes + file.sizeBytes, 0),
      weightBytes: 148_352,
      kvBytesPerToken: 0,
      workingBytes: 40_000_000,
      needsF16: false,
      files,
      baseUrl: `${base}/resolve/main/`,
      libraryUrl: `${base}/lib.wasm`,
    },
  },
} as const satisfies EmbedderModel
