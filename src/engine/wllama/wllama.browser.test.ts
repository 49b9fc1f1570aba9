import { connectEngine } from '#engine/connect-engine.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import type { Model } from '#ports/model.ts'
import { chainModel } from './test-gguf.ts'

const words = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => ` w${letter}`)
const follows: Record<string, string> = { '\n': ' wa', ' wz': '<|im_end|>', ' la': ' lo', ' lo': ' la' }
for (const [index, word] of words.entries()) {
  const next = words[index + 1]
  if (next) follows[word] = next
}

describeEngineContract('wllama, hand-made model', () => {
  const { gguf, tokenizerJson } = chainModel([...words, ' la', ' lo'], follows)
  const weights = URL.createObjectURL(new Blob([gguf]))
  const tokenizer = URL.createObjectURL(new Blob([JSON.stringify(tokenizerJson)]))
  const model: Model = {
    id: 'chain',
    name: 'Chain',
    parameters: 0,
    quantization: 'F32',
    licence: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    languages: 'none',
    note: 'Test fixture.',
    source: 'built-in',
    contextLength: 4096,
    defaultWindow: 512,
    template: {
      start: '',
      system: { before: '<|im_start|>system\n', after: '<|im_end|>\n' },
      user: { before: '<|im_start|>user\n', after: '<|im_end|>\n' },
      assistant: { before: '<|im_start|>assistant\n', after: '<|im_end|>\n' },
      stop: ['<|im_end|>'],
      controlTokens: ['<|im_start|>', '<|im_end|>', '<|endoftext|>'],
    },
    defaultInstructions: '',
    tokenizerId: 'chain',
    tokenizerUrl: tokenizer,
    writesMemory: false,
    sampling: { temperature: 0, topP: 1 },
    builds: {
      wllama: {
        downloadBytes: gguf.length,
        weightBytes: gguf.length,
        kvBytesPerToken: 1000,
        workingBytes: 0,
        needsF16: false,
        files: [
          { url: weights, sizeBytes: gguf.length, role: 'weights' },
          { url: tokenizer, sizeBytes: 1, role: 'tokenizer' },
        ],
      },
    },
  }
  return {
    create: () => connectEngine('wllama', new Worker(new URL('./wllama.worker.ts', import.meta.url), { type: 'module' })),
    model,
    windowTokens: 512,
    endless: ' la',
    readAllowance: 3,
    outputAllowance: 1,
  }
})
