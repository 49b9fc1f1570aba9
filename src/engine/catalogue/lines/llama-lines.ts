import { type ModelLine, plainSampling } from '#engine/catalogue/model-line.ts'
import type { ModelShape } from '#engine/catalogue/model-shape.ts'
import { hermesLlama, llama3 } from '#engine/catalogue/templates.ts'
import { llama3Licence, llama31, llama32 } from './licences.ts'

const vocabulary = 128_256
const small = { vocabulary, tied: true, contextLength: 131_072, kvHeads: 8 }
const shape1b: ModelShape = { ...small, layers: 16, hidden: 2048, heads: 32, headDim: 64, intermediate: 8192 }
const shape3b: ModelShape = { ...small, layers: 28, hidden: 3072, heads: 24, headDim: 128, intermediate: 8192 }
/** Llama 3.1 8B; Llama 3 8B is the same but for its context. */
export const shape8b: ModelShape = {
  ...small,
  tied: false,
  layers: 32,
  hidden: 4096,
  heads: 32,
  headDim: 128,
  intermediate: 14_336,
}
const shape70b: ModelShape = { ...shape8b, layers: 80, hidden: 8192, heads: 64, intermediate: 28_672 }
const first = { contextLength: 8192 }

const common = {
  languages: '8 languages',
  template: llama3,
  instructions: 'You are a helpful assistant.',
  tokenizerId: 'llama3',
  sampling: { temperature: 0.6, topP: 0.9 },
}
const hermes = {
  family: 'Hermes',
  languages: 'English',
  template: hermesLlama,
  instructions: 'You are Hermes, a helpful assistant.',
  sampling: plainSampling,
}

export const llamaLines: readonly ModelLine[] = [
  {
    ...common,
    family: 'Llama 3.2',
    name: 'Llama 3.2 1B',
    records: 'Llama-3.2-1B-Instruct',
    recommend: true,
    shape: shape1b,
    licence: llama32,
    note: 'Small, with a true long context.',
  },
  {
    ...common,
    family: 'Llama 3.2',
    name: 'Llama 3.2 3B',
    records: 'Llama-3.2-3B-Instruct',
    recommend: true,
    shape: shape3b,
    licence: llama32,
    note: 'Writes well; with a true long context.',
  },
  {
    ...common,
    family: 'Llama 3.1',
    name: 'Llama 3.1 8B',
    records: 'Llama-3.1-8B-Instruct',
    recommend: true,
    shape: shape8b,
    licence: llama31,
    note: 'Writes very well; for GPUs with much memory.',
  },
  {
    ...common,
    family: 'Llama 3.1',
    name: 'Llama 3.1 70B',
    records: 'Llama-3.1-70B-Instruct',
    shape: shape70b,
    licence: llama31,
    note: 'Only for the largest machines.',
  },
  {
    ...common,
    family: 'Llama 3',
    name: 'Llama 3 8B',
    records: 'Llama-3-8B-Instruct',
    shape: { ...shape8b, ...first },
    licence: llama3Licence,
    languages: 'English',
    note: 'Older; Llama 3.1 has the longer context.',
  },
  {
    ...common,
    family: 'Llama 3',
    name: 'Llama 3 70B',
    records: 'Llama-3-70B-Instruct',
    shape: { ...shape70b, ...first },
    licence: llama3Licence,
    languages: 'English',
    note: 'Only for the largest machines.',
  },
  {
    ...hermes,
    name: 'Hermes 3 Llama 3.2 3B',
    records: 'Hermes-3-Llama-3.2-3B',
    shape: shape3b,
    licence: llama32,
    tokenizerId: 'hermes3-llama3.2',
    note: 'Follows instructions closely.',
  },
  {
    ...hermes,
    name: 'Hermes 3 Llama 3.1 8B',
    records: 'Hermes-3-Llama-3.1-8B',
    shape: shape8b,
    licence: llama31,
    tokenizerId: 'hermes3-llama3.1',
    note: 'Follows instructions closely.',
  },
  {
    ...hermes,
    name: 'Hermes 2 Pro Llama 3 8B',
    records: 'Hermes-2-Pro-Llama-3-8B',
    shape: { ...shape8b, ...first },
    licence: llama3Licence,
    tokenizerId: 'hermes2-pro-llama3',
    note: 'Older; made for calling tools.',
  },
  {
    ...hermes,
    name: 'Hermes 2 Theta Llama 3 8B',
    records: 'Hermes-2-Theta-Llama-3-8B',
    shape: { ...shape8b, ...first },
    licence: llama3Licence,
    tokenizerId: 'hermes2-theta-llama3',
    note: 'Older; a merge of two models.',
  },
]
