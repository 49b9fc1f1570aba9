import { plainTemplate } from '#engine/remote/plain-template.ts'
import type { Model } from '#ports/model.ts'

/** What is asked for; after the load the browser tells how much it gives. */
const windowTokens = 4096

/** The browser's own model as one of the list. Which one it is, how large and under which licence, the browser does not say. */
export const browserModel: Model = {
  id: 'browser-model',
  name: 'The browser’s own model',
  parameters: 0,
  quantization: '',
  licence: { name: '', url: '' },
  languages: '',
  note: '',
  source: 'browser',
  contextLength: windowTokens,
  defaultWindow: windowTokens,
  // The browser lays messages by a template that nobody sees: the control tokens of all known families stay out of them.
  template: plainTemplate,
  defaultInstructions: 'You are a helpful assistant.',
  tokenizerId: 'estimate',
  tokenizerUrl: '',
  writesMemory: false,
  sampling: { temperature: 1, topP: 1 },
  builds: {
    browser: { downloadBytes: 0, weightBytes: 0, kvBytesPerToken: 0, workingBytes: 0, needsF16: false, files: [] },
  },
}
