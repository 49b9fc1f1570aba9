import { keepFile } from '#engine/model-files/file-cache.ts'
import type { Model, ModelFile } from '#ports/model.ts'
import { chainModel } from './chain-model.ts'

/** Replies of the fixture: greedy, an opened turn is answered with these words, then it ends. */
export const chainWords = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => ` w${letter}`)
/** A reply begun with this goes on for ever. */
export const chainEndless = ' la'
/** A reply begun with this is followed by a byte that is no UTF-8. */
export const chainBroken = ' ba'

/** Puts the hand-made model into the browser's cache, as if it had been downloaded, and tells its catalogue entry. */
export async function keepChainModel(change: Partial<Model['builds']['wllama']> = {}): Promise<Model> {
  const follows: Record<string, string> = {
    '\n': ' wa',
    ' wz': '<|im_end|>',
    ' la': ' lo',
    ' lo': ' la',
    ' ba': '0x80',
    '0x80': '0x80',
  }
  for (const [index, word] of chainWords.entries()) {
    const next = chainWords[index + 1]
    if (next) follows[word] = next
  }
  const { gguf, tokenizerJson } = chainModel([...chainWords, ' la', ' lo', ' ba'], follows)
  const contents = { 'model.gguf': gguf, 'tokenizer.json': new TextEncoder().encode(JSON.stringify(tokenizerJson)) }
  const file = (name: keyof typeof contents, role: ModelFile['role']): ModelFile => ({
    url: `/models/chain/${name}`,
    sizeBytes: contents[name].byteLength,
    role,
  })
  const files = [file('model.gguf', 'weights'), file('tokenizer.json', 'tokenizer')]
  await keepFile(files[0] as ModelFile, contents['model.gguf'])
  await keepFile(files[1] as ModelFile, contents['tokenizer.json'])
  const downloadBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return {
    id: 'chain',
    name: 'Chain (test fixture)',
    parameters: 0,
    quantization: 'Q4_1',
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
    tokenizerUrl: '/models/chain/tokenizer.json',
    writesMemory: false,
    sampling: { temperature: 0, topP: 1 },
    builds: {
      wllama: {
        downloadBytes,
        weightBytes: gguf.byteLength,
        kvBytesPerToken: 3072,
        workingBytes: 0,
        needsF16: false,
        unpacks: true,
        files,
        ...change,
      },
    },
  }
}
