import type { UnofferedLine } from '#engine/catalogue/model-line.ts'

const firstMessage = 'Its instructions go inside the first message, and Longhand writes them before it.'
const pictures = 'It is made for pictures and is run in another way.'
const embeds = 'It writes no text: it finds what means the same. Settings offers it for recall by meaning.'
const notChat = 'It was not trained to chat.'

/** What the package has and Longhand does not run, with the reason. */
export const unofferedLines: readonly UnofferedLine[] = [
  { family: 'Mistral', name: 'Mistral 7B v0.3', records: 'Mistral-7B-Instruct-v0.3', why: firstMessage },
  { family: 'Mistral', name: 'Mistral 7B v0.2', records: 'Mistral-7B-Instruct-v0.2', why: firstMessage },
  {
    family: 'Mistral',
    name: 'WizardMath 7B',
    records: 'WizardMath-7B-V1.1',
    why: 'How its prompts are written is not known here.',
  },
  { family: 'Llama 2', name: 'Llama 2 7B', records: 'Llama-2-7b-chat-hf', why: firstMessage },
  { family: 'Llama 2', name: 'Llama 2 13B', records: 'Llama-2-13b-chat-hf', why: firstMessage },
  { family: 'Gemma 4', name: 'Gemma 4 E2B', records: 'gemma-4-E2B-it', why: pictures },
  { family: 'Phi', name: 'Phi-3.5 vision', records: 'Phi-3.5-vision-instruct', why: pictures },
  { family: 'Phi', name: 'Phi-2', records: 'phi-2', why: notChat },
  { family: 'Phi', name: 'Phi-1.5', records: 'phi-1_5', why: notChat },
  { family: 'Ministral 3', name: 'Ministral 3 3B Base', records: 'Ministral-3-3B-Base-2512', why: notChat },
  {
    family: 'RedPajama',
    name: 'RedPajama Chat 3B',
    records: 'RedPajama-INCITE-Chat-3B-v1',
    why: 'Its prompts have no place for instructions.',
  },
  {
    family: 'Arctic Embed',
    name: 'Arctic Embed M',
    records: 'snowflake-arctic-embed-m',
    why: embeds,
  },
  {
    family: 'Arctic Embed',
    name: 'Arctic Embed S',
    records: 'snowflake-arctic-embed-s',
    why: embeds,
  },
]
