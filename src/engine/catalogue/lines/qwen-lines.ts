import type { ModelLine } from '#engine/catalogue/model-line.ts'
import type { ModelShape } from '#engine/catalogue/model-shape.ts'
import { chatml, qwen3, qwen3Thinking } from '#engine/catalogue/templates.ts'
import { apache, qwenResearch } from './licences.ts'

const vocabulary = 151_936
const second = { vocabulary, tied: true, contextLength: 32_768, kvHeads: 2 }
const half: ModelShape = { ...second, layers: 24, hidden: 896, heads: 14, headDim: 64, intermediate: 4864 }
const oneAndHalf: ModelShape = { ...second, layers: 28, hidden: 1536, heads: 12, headDim: 128, intermediate: 8960 }
const three: ModelShape = { ...second, layers: 36, hidden: 2048, heads: 16, headDim: 128, intermediate: 11_008 }
/** Qwen2 and Qwen2.5 7B, and DeepSeek's distillation of it. */
export const seven: ModelShape = {
  layers: 28,
  hidden: 3584,
  heads: 28,
  kvHeads: 4,
  headDim: 128,
  intermediate: 18_944,
  vocabulary: 152_064,
  tied: false,
  contextLength: 32_768,
}
const third = { vocabulary, tied: true, contextLength: 40_960, kvHeads: 8, headDim: 128 }
const maths = { contextLength: 4096 }

const qwen2 = {
  languages: '29 languages',
  template: chatml,
  instructions: 'You are a helpful assistant.',
  tokenizerId: 'qwen2',
  sampling: { temperature: 0.7, topP: 0.8 },
  licence: apache,
}
const qwen25 = {
  ...qwen2,
  family: 'Qwen2.5',
  instructions: 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.',
  note: 'Little memory for each token of the window.',
}
const coder = { ...qwen25, family: 'Qwen2.5 Coder', note: 'For programming.' }
const math = {
  ...qwen2,
  languages: 'English, Chinese',
  instructions: 'Please reason step by step, and put your final answer within \\boxed{}.',
  note: 'For mathematics only.',
}
const thinkingOff = {
  family: 'Qwen3',
  languages: '100+ languages',
  template: qwen3,
  instructions: 'You are a helpful assistant.',
  tokenizerId: 'qwen3',
  sampling: { temperature: 0.7, topP: 0.8, topK: 20 },
  licence: apache,
  thinking: 'off',
  thinks: { template: qwen3Thinking, sampling: { temperature: 0.6, topP: 0.95, topK: 20 } },
} as const
/**
 * Three of four layers keep a state of fixed size. No config of these is at hand: of the smallest, two records tell how many
 * weights it has (they differ in the bits of each weight alone), the others are taken by their names.
 */
const hybrid = {
  ...thinkingOff,
  family: 'Qwen3.5',
  tokenizerId: 'qwen3.5',
  note: 'A window costs it little; each new question is read from the start.',
}
const fourth = { contextLength: 262_144, headDim: 256 }

export const qwenLines: readonly ModelLine[] = [
  {
    ...thinkingOff,
    name: 'Qwen3 0.6B',
    records: 'Qwen3-0.6B',
    shape: { ...third, layers: 28, hidden: 1024, heads: 16, intermediate: 3072 },
    note: 'Very small; for trying out.',
  },
  {
    ...thinkingOff,
    name: 'Qwen3 1.7B',
    records: 'Qwen3-1.7B',
    recommend: true,
    shape: { ...third, layers: 28, hidden: 2048, heads: 16, intermediate: 6144 },
    note: 'Careful for its size; writes memory.',
  },
  {
    ...thinkingOff,
    name: 'Qwen3 4B',
    records: 'Qwen3-4B',
    recommend: true,
    shape: { ...third, layers: 36, hidden: 2560, heads: 32, intermediate: 9728 },
    note: 'The best of its size.',
  },
  {
    ...thinkingOff,
    name: 'Qwen3 8B',
    records: 'Qwen3-8B',
    recommend: true,
    shape: { ...third, layers: 36, hidden: 4096, heads: 32, intermediate: 12_288, tied: false },
    note: 'Writes very well; for GPUs with much memory.',
  },
  {
    ...hybrid,
    name: 'Qwen3.5 0.8B',
    records: 'Qwen3.5-0.8B',
    shape: { ...fourth, parameters: 752e6, kvLayers: 6, kvHeads: 2 },
  },
  {
    ...hybrid,
    name: 'Qwen3.5 2B',
    records: 'Qwen3.5-2B',
    shape: { ...fourth, parameters: 2e9, kvLayers: 6, kvHeads: 2 },
  },
  {
    ...hybrid,
    name: 'Qwen3.5 4B',
    records: 'Qwen3.5-4B',
    shape: { ...fourth, parameters: 4e9, kvLayers: 8, kvHeads: 4 },
  },
  {
    ...hybrid,
    name: 'Qwen3.5 9B',
    records: 'Qwen3.5-9B',
    shape: { ...fourth, parameters: 9e9, kvLayers: 8, kvHeads: 4 },
  },
  { ...qwen25, name: 'Qwen2.5 0.5B', records: 'Qwen2.5-0.5B-Instruct', shape: half },
  { ...qwen25, name: 'Qwen2.5 1.5B', records: 'Qwen2.5-1.5B-Instruct', shape: oneAndHalf },
  { ...qwen25, name: 'Qwen2.5 3B', records: 'Qwen2.5-3B-Instruct', shape: three, licence: qwenResearch },
  { ...qwen25, name: 'Qwen2.5 7B', records: 'Qwen2.5-7B-Instruct', shape: seven },
  { ...coder, name: 'Qwen2.5 Coder 0.5B', records: 'Qwen2.5-Coder-0.5B-Instruct', shape: half },
  { ...coder, name: 'Qwen2.5 Coder 1.5B', records: 'Qwen2.5-Coder-1.5B-Instruct', shape: oneAndHalf },
  { ...coder, name: 'Qwen2.5 Coder 3B', records: 'Qwen2.5-Coder-3B-Instruct', shape: three, licence: qwenResearch },
  { ...coder, name: 'Qwen2.5 Coder 7B', records: 'Qwen2.5-Coder-7B-Instruct', shape: seven },
  {
    ...math,
    family: 'Qwen2.5',
    name: 'Qwen2.5 Math 1.5B',
    records: 'Qwen2.5-Math-1.5B-Instruct',
    shape: { ...oneAndHalf, ...maths },
  },
  { ...qwen2, family: 'Qwen2', name: 'Qwen2 0.5B', records: 'Qwen2-0.5B-Instruct', shape: half, note: 'Older.' },
  { ...qwen2, family: 'Qwen2', name: 'Qwen2 1.5B', records: 'Qwen2-1.5B-Instruct', shape: oneAndHalf, note: 'Older.' },
  { ...qwen2, family: 'Qwen2', name: 'Qwen2 7B', records: 'Qwen2-7B-Instruct', shape: seven, note: 'Older.' },
  { ...math, family: 'Qwen2', name: 'Qwen2 Math 1.5B', records: 'Qwen2-Math-1.5B-Instruct', shape: { ...oneAndHalf, ...maths } },
  { ...math, family: 'Qwen2', name: 'Qwen2 Math 7B', records: 'Qwen2-Math-7B-Instruct', shape: { ...seven, ...maths } },
]
