import type { Model, ModelFile } from '#ports/model.ts'
import { counting } from './counting.ts'
import { smollm2 } from './templates.ts'

const base = '/models/smollm2-135m'

/** The weights as published; the other files are made from them, bit for bit, by tools/model/get-built-in.ts. */
export const builtInGguf: ModelFile = {
  url: `${base}/model.gguf`,
  sizeBytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  role: 'weights',
}

const tokenizer: ModelFile = {
  url: `${base}/resolve/main/tokenizer.json`,
  sizeBytes: 1_367_670,
  sha256: '3197b70db6c26b9d37aec6c6f4957042f6036ef6a17a0c9578f53327f049ae51',
  role: 'tokenizer',
}

/** Files that the conversion writes; their digests check the conversion as well as the download. */
export const builtInConverted: readonly ModelFile[] = [
  {
    url: `${base}/resolve/main/mlc-chat-config.json`,
    sizeBytes: 1_054,
    sha256: '83075e4948efdd510f5a9ce6d57ee6806efaaa7a901f7a75d4e04d2db468ccdd',
    role: 'config',
  },
  tokenizer,
  {
    url: `${base}/resolve/main/tensor-cache.json`,
    sizeBytes: 36_235,
    sha256: '0cc03eb7ad4795362063acc73e1858c22e8bad3bc7adc4089580ea6d0e9e24e6',
    role: 'weights',
  },
  {
    url: `${base}/resolve/main/params_shard_0.bin`,
    sizeBytes: 32_850_432,
    sha256: 'ef6bf81aaac1ed3b1cb8de9068ac92741a8bb000fab60273f6e1c4ea8ee21bb4',
    role: 'weights',
  },
  {
    url: `${base}/resolve/main/params_shard_1.bin`,
    sizeBytes: 33_246_720,
    sha256: '0eeac1203557c0b8d0a0467972f6d221843853693e5aaf563f5ede9bb3c12cc2',
    role: 'weights',
  },
  {
    url: `${base}/resolve/main/params_shard_2.bin`,
    sizeBytes: 30_479_616,
    sha256: 'dd0b54dab5bdcc154d08f69440982e258ef72f929205c61fde97f7ee3b614e02',
    role: 'weights',
  },
]

const library: ModelFile = {
  url: `${base}/lib.wasm`,
  sizeBytes: 3_250_299,
  sha256: '589bcf420bf78390a29008ad2863ad73597ec153b1048463facf7500bfceff4e',
  role: 'library',
}

/** Both engines keep keys and values in float32: 2 · 30 layers · 3 heads · 64 · 4 bytes. */
const kvBytesPerToken = 46_080

const sum = (files: readonly ModelFile[]) => files.reduce((bytes, file) => bytes + file.sizeBytes, 0)

/** The model that comes with Longhand and runs on both engines. */
export const builtIn: Model = {
  id: 'smollm2-135m',
  name: 'SmolLM2 135M',
  family: 'SmolLM2',
  parameters: 134_515_008,
  quantization: 'Q4_1',
  licence: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  languages: 'English',
  note: 'Demonstration model: it chats fluently and shallowly, and shows how Longhand works. It is not asked to write memory.',
  source: 'built-in',
  contextLength: 8192,
  defaultWindow: 4096,
  template: smollm2,
  defaultInstructions: 'You are a helpful AI assistant named SmolLM, trained by Hugging Face',
  tokenizerId: 'smollm2',
  tokenizerUrl: tokenizer.url,
  writesMemory: false,
  sampling: { temperature: 0.2, topP: 0.9 },
  // Recorded on the software adapter.
  selfTest: { ...counting(smollm2), tokens: 6, wants: ' 9, 10' },
  builds: {
    webllm: {
      downloadBytes: sum([...builtInConverted, library]),
      weightBytes: 96_576_768,
      kvBytesPerToken,
      kvBufferBytesPerToken: kvBytesPerToken / 30,
      // Measured on the software adapter, as the GPU is asked for it.
      workingBytes: 17_000_000,
      needsF16: false,
      rolls: true,
      files: [...builtInConverted, library],
      baseUrl: `${base}/resolve/main/`,
      libraryUrl: library.url,
    },
    wllama: {
      downloadBytes: sum([builtInGguf, tokenizer]),
      // As expanded to float32 in the page, which reads five times faster than Q4_1 on a CPU.
      weightBytes: 457_000_000,
      kvBytesPerToken,
      workingBytes: 200_000_000,
      needsF16: false,
      unpacks: true,
      files: [builtInGguf, tokenizer],
    },
  },
}
