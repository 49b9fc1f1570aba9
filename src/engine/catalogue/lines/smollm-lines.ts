import type { ModelLine } from '#engine/catalogue/model-line.ts'
import { smollm2 } from '#engine/catalogue/templates.ts'
import { apache } from './licences.ts'

const common = {
  family: 'SmolLM2',
  licence: apache,
  languages: 'English',
  template: smollm2,
  instructions: 'You are a helpful AI assistant named SmolLM, trained by Hugging Face',
  tokenizerId: 'smollm2',
  sampling: { temperature: 0.2, topP: 0.9 },
}
const shape = { vocabulary: 49_152, tied: true, contextLength: 8192, headDim: 64 }

export const smollmLines: readonly ModelLine[] = [
  {
    ...common,
    name: 'SmolLM2 1.7B',
    records: 'SmolLM2-1.7B-Instruct',
    shape: { ...shape, layers: 24, hidden: 2048, heads: 32, kvHeads: 32, intermediate: 8192 },
    note: 'Open in everything; its window takes much memory.',
  },
  {
    ...common,
    name: 'SmolLM2 360M',
    records: 'SmolLM2-360M-Instruct',
    shape: { ...shape, layers: 32, hidden: 960, heads: 15, kvHeads: 5, intermediate: 2560 },
    note: 'Very small; chats simply.',
  },
  {
    ...common,
    name: 'SmolLM2 135M, unquantized',
    records: 'SmolLM2-135M-Instruct',
    shape: { ...shape, layers: 30, hidden: 576, heads: 9, kvHeads: 3, intermediate: 1536 },
    note: 'The built-in model with its weights as they were trained.',
  },
]
