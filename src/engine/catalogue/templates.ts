import type { ChatTemplate } from '#context/template.ts'

/** ChatML: SmolLM2, Qwen2.5 and many fine-tunes. */
export const chatml: ChatTemplate = {
  start: '',
  system: { before: '<|im_start|>system\n', after: '<|im_end|>\n' },
  user: { before: '<|im_start|>user\n', after: '<|im_end|>\n' },
  assistant: { before: '<|im_start|>assistant\n', after: '<|im_end|>\n' },
  stop: ['<|im_end|>', '<|endoftext|>'],
  controlTokens: ['<|im_start|>', '<|im_end|>', '<|endoftext|>'],
}

/**
 * Qwen3 with thinking off: its own template opens such a reply with an empty thinking block. Here every assistant turn
 * keeps it, so that a prompt stays the beginning of the next one.
 */
export const qwen3: ChatTemplate = {
  ...chatml,
  assistant: { before: '<|im_start|>assistant\n<think>\n\n</think>\n\n', after: '<|im_end|>\n' },
  controlTokens: [...chatml.controlTokens, '<think>', '</think>'],
}

const llamaHeader = (role: string) => `<|start_header_id|>${role}<|end_header_id|>\n\n`

/** Llama 3 and later, without the date and tool lines of the official system header. */
export const llama3: ChatTemplate = {
  start: '<|begin_of_text|>',
  system: { before: llamaHeader('system'), after: '<|eot_id|>' },
  user: { before: llamaHeader('user'), after: '<|eot_id|>' },
  assistant: { before: llamaHeader('assistant'), after: '<|eot_id|>' },
  stop: ['<|eot_id|>', '<|end_of_text|>', '<|eom_id|>'],
  controlTokens: ['<|begin_of_text|>', '<|end_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|eom_id|>'],
}

/** Gemma has no system role: instructions stand as a first user turn. */
export const gemma: ChatTemplate = {
  start: '<bos>',
  system: { before: '<start_of_turn>user\n', after: '<end_of_turn>\n' },
  user: { before: '<start_of_turn>user\n', after: '<end_of_turn>\n' },
  assistant: { before: '<start_of_turn>model\n', after: '<end_of_turn>\n' },
  stop: ['<end_of_turn>', '<eos>'],
  controlTokens: ['<bos>', '<eos>', '<start_of_turn>', '<end_of_turn>'],
}
