import type { ChatTemplate } from '#context/template.ts'
import type { Model } from '#ports/model.ts'
import { scriptedControlTokens, scriptedCounter } from './scripted-tokens.ts'

const chatMl: ChatTemplate = {
  start: '',
  system: { before: '<|im_start|>system\n', after: '<|im_end|>\n' },
  user: { before: '<|im_start|>user\n', after: '<|im_end|>\n' },
  assistant: { before: '<|im_start|>assistant\n', after: '<|im_end|>\n' },
  stop: ['<|im_end|>'],
  controlTokens: scriptedControlTokens,
}

/** What the scripted engine loads. It is for tests and is never offered to a user. */
export const scriptedModel: Model = {
  id: 'scripted',
  name: 'Scripted',
  parameters: 0,
  quantization: 'none',
  licence: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
  languages: 'English',
  note: 'Answers from a script, for tests.',
  source: 'built-in',
  contextLength: 32_768,
  defaultWindow: 2048,
  template: chatMl,
  defaultInstructions: 'You answer from a script.',
  tokenizerId: scriptedCounter.tokenizerId,
  tokenizerUrl: '',
  writesMemory: false,
  sampling: { temperature: 0, topP: 1 },
  thinking: 'off',
  thinks: {
    template: {
      ...chatMl,
      thought: { open: '<think>\n', close: '</think>' },
      controlTokens: [...scriptedControlTokens, '<think>', '</think>'],
    },
    sampling: { temperature: 0, topP: 1 },
  },
  builds: {
    scripted: {
      downloadBytes: 1_000_000,
      weightBytes: 1_000_000,
      kvBytesPerToken: 1024,
      workingBytes: 0,
      needsF16: false,
      rolls: true,
      files: [],
    },
  },
}
