import type { Model } from '#ports/model.ts'

type Licence = Model['licence']

export const apache: Licence = { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' }
export const mit: Licence = { name: 'MIT', url: 'https://opensource.org/license/mit' }
export const llama32: Licence = { name: 'Llama 3.2 licence', url: 'https://www.llama.com/llama3_2/license/', mustAccept: true }
export const llama31: Licence = { name: 'Llama 3.1 licence', url: 'https://www.llama.com/llama3_1/license/', mustAccept: true }
export const llama3Licence: Licence = { name: 'Llama 3 licence', url: 'https://www.llama.com/llama3/license/', mustAccept: true }
export const gemmaTerms: Licence = { name: 'Gemma terms', url: 'https://ai.google.dev/gemma/terms', mustAccept: true }
export const qwenResearch: Licence = {
  name: 'Qwen research licence',
  url: 'https://huggingface.co/Qwen/Qwen2.5-3B-Instruct/blob/main/LICENSE',
  mustAccept: true,
}
export const stability: Licence = { name: 'Stability AI licence', url: 'https://stability.ai/license', mustAccept: true }
